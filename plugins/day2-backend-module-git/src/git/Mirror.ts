import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { isSourceError } from '@day2/backstage-plugin-day2-node';
import type { CredentialsProvider } from './credentials';
import { Git } from './Git';
import { MirrorFolder } from './MirrorFolder';
import type { RemoteState } from './parseRemote';
import { Remote } from './Remote';
import type { RepositoryUrl } from './repositoryUrl';
import { defaultMaxMirrorBytes } from './size';

/** What the remote has now, all of it in the mirror. */
export interface MirrorState {
  /** Short name of the branch. */
  branch: string;
  /** Absent where the repository is empty. */
  tip?: string;
  /** The remote is a shallow clone itself. */
  shallow: boolean;
}

const keptRefs = 'refs/day2/kept/';
/** Where the tracked branch is kept. */
export const branchRef = 'refs/day2/branch';

/**
 * A bare mirror of one branch and all tags, on the portal's disk. It only ever
 * fetches. A fetch goes on in the background when the one who asked stops
 * waiting, so that a clone may take longer than a slice of a run.
 */
export class Mirror {
  readonly git: Git;
  readonly gitDir: string;
  readonly #folder: MirrorFolder;
  readonly #remote: Remote;
  #running?: Promise<MirrorState>;

  private constructor(options: {
    git: Git;
    folder: MirrorFolder;
    remote: Remote;
  }) {
    this.git = options.git;
    this.gitDir = options.folder.gitDir;
    this.#folder = options.folder;
    this.#remote = options.remote;
  }

  static create(options: {
    /** Where the mirrors are. */
    directory: string;
    name: string;
    url: RepositoryUrl;
    /** Absent: the remote's HEAD. */
    branch?: string;
    credentials: CredentialsProvider;
    /** For asking what there is, and for a silence while fetching. */
    networkTimeoutMs?: number;
    /** For a whole fetch. */
    fetchTimeoutMs?: number;
    /** What it may grow to; default 10 GB. */
    maxMirrorBytes?: number;
    /** Of git; for tests. */
    binary?: string;
  }): Mirror {
    const hash = createHash('sha256')
      .update(options.url.remote)
      .digest('hex')
      .slice(0, 8);
    const safe = options.name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
    const folder = resolve(
      options.directory,
      `${safe.replace(/^[.-]+/, '')}-${hash}`,
    );
    const networkTimeoutMs = options.networkTimeoutMs ?? 30_000;
    const git = Git.create({
      configFile: join(folder, 'gitconfig'),
      binary: options.binary,
      idleSeconds: Math.max(1, Math.ceil(networkTimeoutMs / 1000)),
    });
    const mirror = MirrorFolder.create({ git, folder, url: options.url });
    return new Mirror({
      git,
      folder: mirror,
      remote: Remote.create({
        git,
        mirror,
        folder,
        url: options.url,
        branch: options.branch,
        credentials: options.credentials,
        networkTimeoutMs,
        fetchTimeoutMs: options.fetchTimeoutMs ?? 60 * 60_000,
        maxMirrorBytes: options.maxMirrorBytes ?? defaultMaxMirrorBytes,
      }),
    });
  }

  /** When it was found damaged and made anew, epoch milliseconds. */
  get renewedAt(): number | undefined {
    return this.#folder.renewedAt;
  }

  /**
   * Brings the mirror up to what the remote has; asks only, where nothing moved.
   *
   * @throws SourceError, DamagedMirror or GitFailure where the mirror cannot be
   * read, or the signal's reason
   */
  async update(options: { signal: AbortSignal }): Promise<MirrorState> {
    options.signal.throwIfAborted();
    this.#running ??= this.#update().finally(() => {
      this.#running = undefined;
    });
    this.#running.catch(() => {});
    let onAbort: () => void;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(options.signal.reason);
      options.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([this.#running, aborted]);
    } finally {
      options.signal.removeEventListener('abort', onAbort!);
    }
  }

  /** Keeps these commits, and no others, alive beside what the remote has. */
  async keep(shas: string[]): Promise<void> {
    if (!(await this.#folder.exists())) {
      return;
    }
    const listed = await this.#text([
      'for-each-ref',
      '--format=%(refname)',
      keptRefs,
    ]);
    const kept = new Set(listed.split('\n').filter(Boolean));
    const lines: string[] = [];
    for (const sha of shas) {
      const ref = `${keptRefs}${sha}`;
      if (!kept.delete(ref) && (await this.has(sha))) {
        lines.push(`update ${ref} ${sha}`);
      }
    }
    lines.push(...[...kept].map(ref => `delete ${ref}`));
    if (lines.length > 0) {
      await this.git.run({
        args: ['update-ref', '--stdin'],
        input: `${lines.join('\n')}\n`,
        gitDir: this.gitDir,
      });
    }
  }

  /** Whether an object is here. */
  async has(sha: string): Promise<boolean> {
    const { exitCode } = await this.git.run({
      args: ['cat-file', '-e', sha],
      gitDir: this.gitDir,
      allowedExitCodes: [1, 128],
    });
    return exitCode === 0;
  }

  /** Output lines of a plumbing command in the mirror. */
  async lines(args: string[], signal?: AbortSignal): Promise<string[]> {
    const text = await this.git.text({
      args,
      gitDir: this.gitDir,
      signal,
      maxBytes: 512 * 1024 * 1024,
    });
    return text ? text.split('\n') : [];
  }

  /** Looks whether the mirror is whole. @throws DamagedMirror */
  async expectSound(): Promise<void> {
    await this.#folder.expectSound();
  }

  /**
   * Removes a damaged mirror; the next update clones it anew.
   *
   * @throws SourceError where that was done a short time ago
   */
  async discard(): Promise<void> {
    await this.#running?.catch(() => {});
    await this.#folder.discard();
  }

  /** Ends what is running. */
  close(): void {
    this.git.close();
  }

  async #update(): Promise<MirrorState> {
    await this.#folder.prepare();
    const remote = await this.#remote.ask();
    const wasShallow = await this.#isShallow();
    // A shallow clone that is deepened has the same tip as before.
    if (wasShallow || !(await this.#isCurrent(remote))) {
      await this.#fetch(remote, wasShallow);
    }
    return {
      branch: remote.branch,
      tip: remote.tip,
      shallow: await this.#isShallow(),
    };
  }

  async #fetch(remote: RemoteState, wasShallow: boolean): Promise<void> {
    try {
      await this.#remote.fetch({ remote, wasShallow, into: branchRef });
    } catch (error) {
      // What is broken here looks to git like a server that sends nonsense.
      if (isSourceError(error) && error.code === 'bad-answer') {
        await this.#folder.expectSound();
      }
      throw error;
    }
  }

  async #isCurrent(remote: RemoteState): Promise<boolean> {
    const listed = await this.#text([
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      branchRef,
      'refs/tags/',
    ]);
    const here = listed.split('\n').filter(Boolean).sort();
    const there = [
      ...(remote.tip ? [`${remote.tip} ${branchRef}`] : []),
      ...remote.tags,
    ].sort();
    return here.join('\n') === there.join('\n');
  }

  async #isShallow(): Promise<boolean> {
    return (
      (await this.#text(['rev-parse', '--is-shallow-repository'])) === 'true'
    );
  }

  #text(args: string[]): Promise<string> {
    return this.git.text({ args, gitDir: this.gitDir });
  }
}
