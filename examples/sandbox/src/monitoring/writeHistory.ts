import { createWriteStream } from 'fs';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { SignalCounters } from '../world/signals/SignalCounters';
import { MINUTE } from '../world/time';
import type { World } from '../world/World';
import { familiesOf, instance, job, seriesText, speaking } from './families';

/**
 * Writes what would have been scraped each minute from `from` to `to` (epoch
 * milliseconds, the last one included) into a file, as OpenMetrics.
 */
export async function writeHistory(options: {
  world: World;
  from: number;
  to: number;
  file: string;
}): Promise<void> {
  await pipeline(
    Readable.from(historyText(options)),
    createWriteStream(options.file),
  );
}

/** The text in pieces, as a file of months is larger than a string may be. */
function* historyText(options: {
  world: World;
  from: number;
  to: number;
}): Generator<string> {
  const { world, from, to } = options;
  const target = { job, instance };
  for (const family of familiesOf(world)) {
    yield `# HELP ${family.name} ${family.help}\n# TYPE ${family.name} ${family.type}\n`;
    const counters = SignalCounters.create({ world });
    const first = Math.ceil(from / MINUTE) * MINUTE;
    for (let at = first; at <= to; at += MINUTE) {
      counters.advanceTo(at);
      const told = speaking(world, at);
      let piece = '';
      for (const signals of counters.services) {
        if (told.has(signals.service)) {
          for (const sample of family.samples(signals)) {
            piece += `${seriesText(sample, target)} ${sample.value} ${
              at / 1000
            }\n`;
          }
        }
      }
      yield piece;
    }
  }
  yield '# EOF\n';
}
