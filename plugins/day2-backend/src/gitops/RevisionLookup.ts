import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RevisionDescription } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, hashOf, toNumber } from '../database';
import type { Mirror, Mirrors } from './Mirrors';

const REVISIONS_PER_CALL = 200;
const KEPT_MS = 90 * 86_400_000;
const MAX_WORDS = 3;

/** What fingerprints are made of: raised when they are made of something else. */
export const FINGERPRINTS = 2;

/** A revision that is to be known, and which of its paths. */
export interface WantedRevision {
  /** As the observation names it. */
  repository: string;
  sha: string;
  /** Absent: of its paths nothing is to be known. */
  paths?: string[];
}

/** What is known of a revision. */
export interface KnownRevision {
  mirror: string;
  position?: number;
  /** Epoch milliseconds. */
  committedAt: number;
  url?: string;
}

/** What the paths of an application hold at a revision. */
export interface Fingerprint {
  hash: string;
  /** What they take in besides, and no mirror can tell, in words. */
  unfollowed?: string;
}

/** What was found, and what of it is to be stored. */
export interface LookedUp {
  revision(repository: string, sha: string): KnownRevision | undefined;
  fingerprint(wanted: WantedRevision): Fingerprint | undefined;
  /** Found in a mirror just now, by `repository` and `sha`. */
  isNew(repository: string, sha: string): boolean;
  /** Stores what is new, in the caller's transaction. */
  store(transaction: Knex.Transaction): Promise<void>;
}

/**
 * Positions and fingerprints of revisions: what is stored, and what mirrors tell
 * beside it. Not to be called within a transaction.
 */
export class RevisionLookup {
  readonly #database: Knex;
  readonly #mirrors: () => Mirrors;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  private constructor(options: RevisionLookupOptions) {
    this.#database = options.database;
    this.#mirrors = options.mirrors;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  static create(options: RevisionLookupOptions): RevisionLookup {
    return new RevisionLookup(options);
  }

  async find(options: {
    wanted: WantedRevision[];
    signal: AbortSignal;
  }): Promise<LookedUp> {
    const mirrors = this.#mirrors();
    const wanted = options.wanted.map(each => ({
      ...each,
      mirrors: mirrors.of(each.repository),
    }));
    const revisions = new Map<string, KnownRevision>();
    const prints = new Map<string, Fingerprint>();
    await this.#load(wanted, { revisions, prints });
    const known = new Set([...revisions.keys(), ...prints.keys()]);
    const isOpen = (each: (typeof wanted)[number]) =>
      !revisions.has(idOf(each)) ||
      (each.paths !== undefined && !prints.has(printOf(each)));
    const most = Math.max(0, ...wanted.map(each => each.mirrors.length));
    // Of a repository with several mirrors the next one is asked for the rest.
    for (let turn = 0; turn < most; turn += 1) {
      const byMirror = new Map<Mirror, typeof wanted>();
      for (const each of wanted.filter(isOpen)) {
        const mirror = each.mirrors[turn];
        if (mirror) {
          byMirror.set(mirror, [...(byMirror.get(mirror) ?? []), each]);
        }
      }
      for (const [mirror, open] of byMirror) {
        const answers = await this.#ask(mirror, open, options.signal);
        for (const [index, answer] of answers.entries()) {
          const each = open[index];
          if (answer) {
            const { position, committedAt, url } = answer;
            revisions.set(idOf(each), {
              position,
              committedAt,
              url,
              mirror: mirror.name,
            });
            if (each.paths) {
              prints.set(printOf(each), fingerprintOf(answer));
            }
          }
        }
      }
    }
    return {
      revision: (repository, sha) => revisions.get(idOf({ repository, sha })),
      fingerprint: each => prints.get(printOf(each)),
      isNew: (repository, sha) => {
        const id = idOf({ repository, sha });
        return revisions.has(id) && !known.has(id);
      },
      store: async transaction => {
        const isNew = ([id]: [string, unknown]) => !known.has(id);
        await storeRevisions(transaction, [...revisions].filter(isNew));
        await this.#storePrints(transaction, [...prints].filter(isNew));
      },
    };
  }

  async #load(
    wanted: WantedRevision[],
    into: {
      revisions: Map<string, KnownRevision>;
      prints: Map<string, Fingerprint>;
    },
  ): Promise<void> {
    const ids = new Set(wanted.map(idOf));
    const open = new Set(wanted.map(printOf));
    for (const chunk of chunksOf([...new Set(wanted.map(({ sha }) => sha))])) {
      for (const row of await this.#database('git_revision').whereIn(
        'sha',
        chunk,
      )) {
        if (ids.has(idOf(row))) {
          into.revisions.set(idOf(row), {
            mirror: row.mirror,
            position: toNumber(row.position as number | null),
            committedAt: toNumber(row.committed_at),
            url: row.url ?? undefined,
          });
        }
      }
      for (const row of await this.#database('fingerprint').whereIn(
        'sha',
        chunk,
      )) {
        const id = `${row.repository}\0${row.sha}\0${row.paths_hash}`;
        if (open.has(id)) {
          into.prints.set(id, {
            hash: row.hash,
            unfollowed: row.unfollowed ?? undefined,
          });
        }
      }
    }
  }

  async #ask(
    mirror: Mirror,
    open: WantedRevision[],
    signal: AbortSignal,
  ): Promise<(RevisionDescription | undefined)[]> {
    const answers: (RevisionDescription | undefined)[] = [];
    try {
      for (const chunk of chunksOf(open, REVISIONS_PER_CALL)) {
        answers.push(
          ...(await mirror.reader.describe({
            revisions: chunk.map(({ sha, paths = [] }) => ({ sha, paths })),
            signal,
          })),
        );
      }
    } catch (error) {
      // What is not known is said so where it shows, and asked for again.
      this.#logger.warn('A mirror could not be asked for revisions', {
        repository: mirror.name,
        error: String(error),
      });
    }
    return answers;
  }

  async #storePrints(
    transaction: Knex.Transaction,
    prints: [string, Fingerprint][],
  ): Promise<void> {
    const at = this.#now();
    const rows = prints.map(([id, { hash, unfollowed = null }]) => {
      const [repository, sha, paths_hash] = id.split('\0');
      return { repository, sha, paths_hash, hash, unfollowed, at };
    });
    for (const chunk of chunksOf(rows)) {
      await transaction('fingerprint')
        .insert(chunk)
        .onConflict(['repository', 'sha', 'paths_hash'])
        .ignore();
    }
    if (rows.length > 0) {
      await transaction('fingerprint')
        .where('at', '<', at - KEPT_MS)
        .delete();
    }
  }
}

/** What it needs. */
export interface RevisionLookupOptions {
  database: Knex;
  mirrors: () => Mirrors;
  logger: LoggerService;
  now: () => number;
}

async function storeRevisions(
  transaction: Knex.Transaction,
  revisions: [string, KnownRevision][],
): Promise<void> {
  const rows = revisions.map(([id, known]) => {
    const [repository, sha] = id.split('\0');
    return {
      repository,
      sha,
      mirror: known.mirror,
      position: known.position ?? null,
      committed_at: known.committedAt,
      url: known.url ?? null,
    };
  });
  for (const chunk of chunksOf(rows)) {
    await transaction('git_revision')
      .insert(chunk)
      .onConflict(['repository', 'sha'])
      .ignore();
  }
}

function idOf({ repository, sha }: { repository: string; sha: string }) {
  return `${repository}\0${sha}`;
}

function printOf(wanted: WantedRevision): string {
  return `${idOf(wanted)}\0${hashOf([FINGERPRINTS, wanted.paths ?? null])}`;
}

function fingerprintOf({
  trees,
  references = [],
  unfollowed = [],
}: RevisionDescription): Fingerprint {
  const more = unfollowed.length - MAX_WORDS;
  const words = [
    ...unfollowed.slice(0, MAX_WORDS),
    ...(more > 0 ? [`${more} more`] : []),
  ];
  return {
    hash: hashOf([trees.map(id => id ?? null), references]),
    unfollowed: words.length > 0 ? words.join('; ') : undefined,
  };
}
