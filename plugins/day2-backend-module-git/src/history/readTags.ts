import type { Observation } from '@day2/backstage-plugin-day2-node';
import type { Mirror } from '../git/Mirror';
import type { GitCursor } from './cursor';

/** The tags there are, and what is to be said of them. */
export interface TagReading {
  observations: Observation[];
  /** Commits that tags stood at when they were read last, and stand at now. */
  former: string[];
  now: string[];
  /** All are said once more, as another generation is read. */
  anew: boolean;
  blob: string;
  version: number;
}

/**
 * The tags that are new, or all where the repository is read anew, and
 * withdrawals of those that moved or went. The list said last is a blob in the
 * mirror, so that the cursor stays small.
 */
export async function readTags(options: {
  mirror: Mirror;
  cursor: GitCursor;
  repository: string;
  signal: AbortSignal;
}): Promise<TagReading> {
  const { mirror, cursor } = options;
  const now = await listTags(mirror, options.signal);
  const former = cursor.tags ? await readBlob(mirror, cursor.tags) : undefined;
  const text = [...now].map(([name, sha]) => `${sha} ${name}\n`).join('');
  const blob = await writeBlob(mirror, text);
  const before = new Map<string, string>();
  for (const line of (former ?? '').split('\n').filter(Boolean)) {
    before.set(
      line.slice(line.indexOf(' ') + 1),
      line.slice(0, line.indexOf(' ')),
    );
  }
  const observations: Observation[] = [];
  const anew = cursor.tagsOf !== cursor.generation;
  const reading = {
    observations,
    former: [...before.values()],
    now: [...now.values()],
    anew,
    blob,
  };
  if (blob === cursor.tags && !anew) {
    return { ...reading, version: cursor.tagsVersion ?? 1 };
  }
  const version = (cursor.tagsVersion ?? 0) + 1;
  for (const [name, sha] of before) {
    if (now.get(name) !== sha) {
      observations.push({
        kind: 'withdrawn',
        keyPrefix: keyOf(name, sha),
        reason: now.has(name) ? 'the tag was moved' : 'the tag was deleted',
      });
    }
  }
  for (const [name, sha] of now) {
    if (anew || before.get(name) !== sha) {
      observations.push({
        kind: 'tag',
        key: keyOf(name, sha),
        version,
        repository: options.repository,
        name,
        sha,
      });
    }
  }
  return { ...reading, version };
}

function keyOf(name: string, sha: string): string {
  return `${sha.slice(0, 12)}-tag:${name}`;
}

/** Tags by name with the commit they stand at. */
async function listTags(
  mirror: Mirror,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const lines = await mirror.lines(
    [
      'for-each-ref',
      '--format=%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname:strip=2)',
      'refs/tags/',
    ],
    signal,
  );
  const tags = new Map<string, string>();
  for (const line of lines) {
    const [sha, type, peeled, peeledType, ...name] = line.split(' ');
    if (type === 'commit') {
      tags.set(name.join(' '), sha);
    } else if (peeledType === 'commit') {
      tags.set(name.join(' '), peeled);
    }
  }
  return tags;
}

async function readBlob(
  mirror: Mirror,
  sha: string,
): Promise<string | undefined> {
  const { stdout, exitCode } = await mirror.git.run({
    args: ['cat-file', 'blob', sha],
    gitDir: mirror.gitDir,
    allowedExitCodes: [1, 128],
  });
  return exitCode === 0 ? stdout.toString('utf8') : undefined;
}

async function writeBlob(mirror: Mirror, text: string): Promise<string> {
  return await mirror.git.text({
    args: ['hash-object', '-w', '--stdin'],
    input: text,
    gitDir: mirror.gitDir,
  });
}
