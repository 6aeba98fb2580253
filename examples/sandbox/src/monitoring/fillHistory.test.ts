import { mkdir, readdir, readFile, writeFile } from 'fs/promises';
import { join } from 'path';
import { testEnd } from '../__testUtils__/dates';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { DAY, HOUR, MINUTE } from '../world/time';
import { World } from '../world/World';
import { fillHistory } from './fillHistory';

const { DAY2_TEST_PROMTOOL: promtool } = process.env;
const reason = promtool
  ? ''
  : ' (skipped: DAY2_TEST_PROMTOOL names no program)';

(promtool ? describe : describe.skip)(`fillHistory${reason}`, () => {
  const folder = temporaryFolder();
  const world = World.create({
    seed: 1,
    start: testEnd - 6 * DAY,
    end: testEnd,
  });
  const data = join(folder, 'data');
  const fill = () =>
    fillHistory({
      world,
      promtool: promtool!,
      data,
      scratch: join(folder, 'scratch'),
    });

  /** The blocks there are, oldest first. */
  async function blocks() {
    const names = (await readdir(data)).filter(name => /^01/.test(name));
    const metas = await Promise.all(
      names.map(async name =>
        JSON.parse(await readFile(join(data, name, 'meta.json'), 'utf8')),
      ),
    );
    return metas
      .map(({ minTime, maxTime, stats }) => ({
        minTime,
        maxTime,
        samples: stats.numSamples,
      }))
      .sort((a, b) => a.minTime - b.minTime);
  }

  it('gives the whole past at first, then what has passed since, and never twice', async () => {
    expect(await fill()).toBeCloseTo((testEnd - world.state.start) / DAY, 2);
    const first = await blocks();
    expect(first[0].minTime).toBe(world.state.start);
    expect(first.at(-1)!.maxTime).toBe(
      Math.floor(testEnd / MINUTE) * MINUTE + 1,
    );
    expect(await fill()).toBe(0);
    expect(await blocks()).toEqual(first);

    // What Prometheus had scraped and put into no block.
    await mkdir(join(data, 'wal'));
    await writeFile(join(data, 'wal', '00000000'), 'scraped');
    world.advanceTo(testEnd + 2 * DAY + HOUR);
    expect(await fill()).toBeCloseTo(2 + 1 / 24, 2);
    expect(await readdir(data)).not.toContain('wal');
    const then = await blocks();
    expect(then.slice(0, first.length)).toEqual(first);
    for (const [i, block] of then.slice(1).entries()) {
      const gap = block.minTime - then[i].maxTime;
      expect(gap).toBeGreaterThanOrEqual(0);
      expect(gap).toBeLessThan(MINUTE);
    }
    expect(then.at(-1)!.maxTime).toBeGreaterThan(testEnd + 2 * DAY);
    expect(await readdir(folder)).not.toContain('scratch');
  }, 120_000);

  it('begins anew where what is there is of too long ago', async () => {
    world.advanceTo(testEnd + 60 * DAY);
    expect(await fill()).toBeCloseTo(35, 1);
    const [oldest] = await blocks();
    expect(oldest.minTime).toBeGreaterThan(testEnd + 24 * DAY);
  }, 180_000);
});
