import { DesiredState } from '../desired/DesiredState';
import { FileCache } from '../desired/FileCache';
import type { RepositoryConfig } from '../readRepository';
import { BlobReader } from '../git/BlobReader';
import { listTree } from '../git/listTree';
import type { Mirror } from '../git/Mirror';
import { parseMessage } from '../messages/parseMessage';
import { toPerson } from '../messages/toPerson';
import { maxBatch } from './BatchBuilder';
import type { WebLinks } from './commitUrl';
import type { GitCursor } from './cursor';
import { observeGitops } from './observeGitops';
import type { LineReader } from './readLine';
import type { LineStep } from './walkLine';

const maxBlobBytes = 5 * 1024 * 1024;

/** What a commit says that is too much for one batch, and where it belongs. */
interface Pending {
  sha: string;
  from?: string;
  generation: number;
  result: Awaited<ReturnType<LineReader['read']>>;
}

/** Reads the commits of a GitOps repository: each one's desired state against the one before. */
export class GitopsReader implements LineReader {
  readonly #config: RepositoryConfig;
  readonly #links: WebLinks;
  readonly #blobs: BlobReader;
  readonly #desired: DesiredState;
  #pending?: Pending;

  private constructor(options: {
    config: RepositoryConfig;
    links: WebLinks;
    blobs: BlobReader;
    desired: DesiredState;
  }) {
    this.#config = options.config;
    this.#links = options.links;
    this.#blobs = options.blobs;
    this.#desired = options.desired;
  }

  /** Takes the state at the cursor's commit, from which to go on. */
  static async create(options: {
    config: RepositoryConfig;
    mirror: Mirror;
    links: WebLinks;
    cursor: GitCursor;
    signal: AbortSignal;
  }): Promise<GitopsReader> {
    const { config, mirror, cursor, signal } = options;
    const blobs = BlobReader.create({
      git: mirror.git,
      gitDir: mirror.gitDir,
      maxBytes: maxBlobBytes,
      signal,
    });
    const desired = DesiredState.create({
      files: FileCache.create({ blobs }),
      places: config.environments,
      patterns: config.patterns,
      moves: cursor.moves,
    });
    if (cursor.sha) {
      await desired.start(await listTree({ mirror, sha: cursor.sha, signal }));
    }
    return new GitopsReader({ config, links: options.links, blobs, desired });
  }

  /**
   * Whether a run that stopped in the middle of a large commit can go on with
   * this reader, so that the commit is not computed for each slice anew.
   */
  goesOnFrom(cursor: GitCursor): boolean {
    return (
      cursor.sent !== undefined &&
      this.#pending !== undefined &&
      this.#pending.from === cursor.sha &&
      this.#pending.generation === cursor.generation
    );
  }

  /** Whether there is something to go on with. */
  get isInTheMiddle(): boolean {
    return this.#pending !== undefined;
  }

  /** Goes on in another run. */
  resume(signal: AbortSignal): void {
    this.#blobs.resume(signal);
  }

  async prefetch(steps: LineStep[]): Promise<void> {
    await this.#desired.prefetch(steps.flatMap(step => step.commit.files));
  }

  async read(
    step: LineStep,
    cursor: GitCursor,
  ): ReturnType<LineReader['read']> {
    const { commit } = step;
    if (this.goesOnFrom(cursor) && this.#pending?.sha === commit.sha) {
      return this.#pending.result;
    }
    this.#pending = undefined;
    const { units, skipped } = await this.#desired.apply(commit.files);
    const position = cursor.position + 1;
    const observations = observeGitops({
      commit,
      units,
      position,
      others: step.side.flatMap(side => [
        toPerson(side.author),
        ...parseMessage(side.message).coAuthors.map(toPerson),
      ]),
      repository: this.#config.name,
      slug: this.#config.slug,
      url: this.#config.url,
      links: this.#links,
      tags: this.#config.tags,
      generation: cursor.generation,
      rereading: cursor.rereading ?? false,
    });
    const { moves } = this.#desired;
    const result = {
      observations,
      skipped,
      next: {
        ...cursor,
        sha: commit.sha,
        position,
        moves: Object.keys(moves).length > 0 ? moves : undefined,
      },
    };
    if (observations.length > maxBatch) {
      const { sha: from, generation } = cursor;
      this.#pending = { sha: commit.sha, from, generation, result };
    }
    return result;
  }

  close(): void {
    this.#blobs.close();
  }
}
