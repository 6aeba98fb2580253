import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** No lock of a ref or of a file is held this long. */
const surelyStaleMs = 10 * 60_000;

interface Owner {
  host: string;
  pid: number;
  /** Epoch seconds; tells a number that was given away again. */
  startedAt: number;
}

const self: Owner = {
  host: hostname(),
  pid: process.pid,
  startedAt: Math.round(Date.now() / 1000 - process.uptime()),
};

/**
 * Takes possession of a mirror's folder: what a process that is gone left in
 * it half-done is removed, so that it does not stand in the way for ever.
 */
export async function takeOver(options: {
  folder: string;
  gitDir: string;
}): Promise<void> {
  const { folder, gitDir } = options;
  const file = join(folder, 'owner.json');
  const owner = await readFile(file, 'utf8')
    .then(text => JSON.parse(text) as Owner)
    .catch(() => undefined);
  await removeLeftovers({
    gitDir,
    olderThanMs: owner && isGone(owner) ? 0 : surelyStaleMs,
  });
  await writeFile(file, JSON.stringify(self));
}

/** Lock files and half-written packs of git, older than so long. */
export async function removeLeftovers(options: {
  gitDir: string;
  olderThanMs?: number;
}): Promise<void> {
  const { gitDir } = options;
  const before = Date.now() - (options.olderThanMs ?? surelyStaleMs);
  for (const path of await leftovers(gitDir)) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs <= before) {
      await rm(path, { force: true, recursive: true });
    }
  }
}

async function leftovers(gitDir: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: string, deep: boolean) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (/\.lock$|^gc\.pid$|^tmp_|^incoming-|^tmp_objdir-/.test(entry.name)) {
        found.push(path);
      } else if (entry.isDirectory() && deep) {
        await visit(path, true);
      }
    }
  };
  await visit(gitDir, false);
  await visit(join(gitDir, 'refs'), true);
  await visit(join(gitDir, 'objects'), false);
  await visit(join(gitDir, 'objects', 'pack'), false);
  await visit(join(gitDir, 'objects', 'info'), true);
  return found;
}

/** A process of this machine that runs no more. */
function isGone(owner: Owner): boolean {
  if (owner.host !== self.host) {
    return false;
  }
  if (owner.pid === self.pid) {
    return Math.abs(owner.startedAt - self.startedAt) > 2;
  }
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
