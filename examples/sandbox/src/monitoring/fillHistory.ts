import { execFile } from 'child_process';
import { mkdir, readdir, readFile, rename, rm } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';
import { z } from 'zod';
import { DAY, MINUTE } from '../world/time';
import type { World } from '../world/World';
import { writeHistory } from './writeHistory';

const run = promisify(execFile);

/** Objectives look back 30 days, and a little more for what is late. */
const historyDays = 35;

const BlockMeta = z.object({ maxTime: z.number() });

/**
 * Gives Prometheus, which must not run, the past of the world: 35 days at first,
 * later what has passed since its last block. What it holds beyond its blocks is
 * left out, as a new block would hide it, and is made again: the counters of the
 * world are the same whenever they are told.
 *
 * @returns how many days were filled in
 */
export async function fillHistory(options: {
  world: World;
  promtool: string;
  /** Prometheus's data folder. */
  data: string;
  /** A folder for what is on the way, on the same disk. */
  scratch: string;
}): Promise<number> {
  const { world, promtool, data, scratch } = options;
  const to = Math.floor(world.end / MINUTE) * MINUTE;
  const oldest = Math.max(world.state.start, to - historyDays * DAY);
  await mkdir(data, { recursive: true });
  let last = await lastBlockEnd(data);
  if (last !== undefined && (last < oldest || last > to + MINUTE)) {
    // Too long ago, or of another time altogether.
    await rm(data, { recursive: true });
    await mkdir(data);
    last = undefined;
  }
  for (const name of ['wal', 'chunks_head', 'lock']) {
    await rm(join(data, name), { recursive: true, force: true });
  }
  const from = last ?? oldest;
  if (Math.ceil(from / MINUTE) * MINUTE > to) {
    return 0;
  }
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const file = join(scratch, 'history.txt');
  const blocks = join(scratch, 'blocks');
  await writeHistory({ world, from, to, file });
  await run(promtool, [
    'tsdb',
    'create-blocks-from',
    // Hidden, and first: else the file is read once for every two hours.
    '--max-block-duration=744h',
    'openmetrics',
    file,
    blocks,
  ]);
  // Oldest first: an interruption leaves no gap before what is there.
  const made = await readBlocks(blocks);
  for (const { name } of made.sort((a, b) => a.maxTime - b.maxTime)) {
    await rename(join(blocks, name), join(data, name));
  }
  await rm(scratch, { recursive: true, force: true });
  return (to - from) / DAY;
}

async function lastBlockEnd(data: string): Promise<number | undefined> {
  const blocks = await readBlocks(data);
  return blocks.length > 0
    ? Math.max(...blocks.map(({ maxTime }) => maxTime))
    : undefined;
}

/** The whole blocks of a folder. */
async function readBlocks(
  folder: string,
): Promise<Array<{ name: string; maxTime: number }>> {
  const names = (await readdir(folder)).filter(name =>
    /^[0-9A-Z]{26}$/.test(name),
  );
  return Promise.all(
    names.map(async name => {
      const text = await readFile(join(folder, name, 'meta.json'), 'utf8');
      return { name, ...BlockMeta.parse(JSON.parse(text)) };
    }),
  );
}
