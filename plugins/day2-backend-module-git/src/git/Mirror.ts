import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { CredentialsProvider, GitCredentials } from './credentials';
import { describeFailure } from './describeFailure';
import { Git, type GitCall } from './Git';
import { GitFailure } from './GitFailure';
import { parseRemote, type RemoteState } from './parseRemote';
import { prepareFolder } from './prepareFolder';
import { expectGitServer, probeStatus } from './probeStatus';
import type { RepositoryUrl } from './repositoryUrl';

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
const branchRef = 'refs/day2/branch';

/**
 * A bare mirror of one branch and all tags, on the portal's disk. It only ever
 * fetches. A fetch goes on in the background when the one who asked stops
 * waiting, so that a clone may take longer than a slice of a run.
 */
export class Mirror {
  readonly git: Git;
  readonly gitDir: string;
  readonly #folder: string;
  readonly #url: RepositoryUrl;
  readonly #branch?: string;
  readonly #credentials: CredentialsProvider;
  readonly #networkTimeoutMs: number;
  readonly #fetchTimeoutMs: number;
  #running?: Promise<MirrorState>;
  #prepared = false;
  #lastBranch?: string;

  private constructor(options: {
    git: Git;
    gitDir: string;
    folder: string;
    url: RepositoryUrl;
    branch?: string;
    credentials: CredentialsProvider;
    networkTimeoutMs: number;
    fetchTimeoutMs: number;
  }) {
    this.git = options.git;
    this.gitDir = options.gitDir;
    this.#folder = options.folder;
    this.#url = options.url;
    this.#branch = options.branch;
    this.#credentials = options.credentials;
    this.#networkTimeoutMs = options.networkTimeoutMs;
    this.#fetchTimeoutMs = options.fetchTimeoutMs;
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
    return new Mirror({
      git: Git.create({
        configFile: join(folder, 'gitconfig'),
        binary: options.binary,
        idleSeconds: Math.max(1, Math.ceil(networkTimeoutMs / 1000)),
      }),
      gitDir: join(folder, 'mirror.git'),
      folder,
      url: options.url,
      branch: options.branch,
      credentials: options.credentials,
      networkTimeoutMs,
      fetchTimeoutMs: options.fetchTimeoutMs ?? 60 * 60_000,
    });
  }

  /**
   * Brings the mirror up to what the remote has; asks only, where nothing moved.
   *
   * @throws SourceError, or the signal's reason
   */
  async update(options: { signal: AbortSignal }): Promise<MirrorState> {
    options.signal.throwIfAborted();
    this.#running ??= this.#update().finally(() => {
      this.#running = undefined;
    });
    this.#running.catch(() => {});
    let onAbort: (() => void) | undefined;
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
    if (!(await this.#exists())) {
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

  /** Ends what is running. */
  close(): void {
    this.git.close();
  }

  async #update(): Promise<MirrorState> {
    await this.#prepare();
    const credentials = await this.#findCredentials();
    const remote = await this.#ask(credentials);
    const wasShallow = await this.#isShallow();
    // A shallow clone that is deepened has the same tip as before.
    if (wasShallow || !(await this.#isCurrent(remote))) {
      await this.#fetch({ remote, credentials, wasShallow });
    }
    return {
      branch: remote.branch,
      tip: remote.tip,
      shallow: await this.#isShallow(),
    };
  }

  async #findCredentials(): Promise<GitCredentials | undefined> {
    try {
      return await this.#credentials();
    } catch {
      throw new SourceError({
        code: 'credential-refused',
        message: `No credential for ${
          this.#url.host
        } could be had from its integration.`,
        fix: 'Look at the integration of this host under integrations in app-config.yaml.',
      });
    }
  }

  async #ask(credentials?: GitCredentials): Promise<RemoteState> {
    // Hosts list a ref for every pull request; with the branch known, they
    // need not be asked for. In a checkout on this machine people switch.
    const known =
      this.#branch ??
      (this.#url.kind === 'file' ? undefined : this.#lastBranch);
    const remote = await this.#list({ known, credentials });
    if (!remote.tip && known && !this.#branch) {
      this.#lastBranch = undefined;
      return await this.#ask(credentials);
    }
    if (!remote.tip && remote.hasRefs) {
      throw new SourceError({
        code: 'not-found',
        message: `The repository has no branch ${remote.branch}.`,
        fix: 'Correct day2.git.repositories[].branch, or leave it out for the default branch.',
      });
    }
    if (!remote.hasRefs && this.#url.kind === 'http') {
      await expectGitServer({ url: this.#url, credentials });
    }
    this.#lastBranch =
      remote.tip && remote.ref !== 'HEAD' ? remote.branch : undefined;
    return remote;
  }

  async #list(options: {
    known?: string;
    credentials?: GitCredentials;
  }): Promise<RemoteState> {
    const text = (
      await this.#network(
        {
          args: [
            'ls-remote',
            ...(options.known ? ['--heads', '--tags'] : ['--symref']),
            '--',
            this.#url.remote,
          ],
          timeoutMs: this.#networkTimeoutMs,
          maxBytes: 128 * 1024 * 1024,
        },
        options.credentials,
      )
    ).toString('utf8');
    return parseRemote(text, options.known);
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
    const answer = await this.#text(['rev-parse', '--is-shallow-repository']);
    return answer === 'true';
  }

  async #fetch(options: {
    remote: RemoteState;
    credentials?: GitCredentials;
    wasShallow: boolean;
  }): Promise<void> {
    const { remote, credentials } = options;
    if (!remote.tip) {
      return;
    }
    await this.#network(
      {
        args: [
          'fetch',
          '--quiet',
          '--prune',
          '--force',
          '--no-tags',
          '--no-recurse-submodules',
          '--no-write-fetch-head',
          ...(options.wasShallow ? ['--unshallow'] : ['--update-shallow']),
          '--',
          this.#url.remote,
          `+${remote.ref}:${branchRef}`,
          '+refs/tags/*:refs/tags/*',
        ],
        gitDir: this.gitDir,
        timeoutMs: this.#fetchTimeoutMs,
      },
      credentials,
    );
  }

  async #network(call: GitCall, credentials?: GitCredentials): Promise<Buffer> {
    try {
      const { stdout } = await this.git.run({
        ...call,
        env: {
          ...(credentials
            ? {
                GIT_ASKPASS: join(this.#folder, 'askpass'),
                DAY2_GIT_HOST: this.#url.host ?? '',
                DAY2_GIT_USERNAME: credentials.username,
                DAY2_GIT_PASSWORD: credentials.password,
              }
            : {}),
        },
      });
      return stdout;
    } catch (error) {
      if (!(error instanceof GitFailure)) {
        throw error;
      }
      const described = describeFailure({
        failure: error,
        url: this.#url,
        secrets: credentials ? [credentials.password] : [],
      });
      throw this.#url.kind === 'http'
        ? await probeStatus({ error: described, url: this.#url, credentials })
        : described;
    }
  }

  async #prepare(): Promise<void> {
    if (this.#prepared && (await this.#exists())) {
      return;
    }
    await prepareFolder({
      git: this.git,
      folder: this.#folder,
      gitDir: this.gitDir,
      url: this.#url,
    });
    this.#prepared = true;
  }

  async #exists(): Promise<boolean> {
    return stat(join(this.gitDir, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  #text(args: string[]): Promise<string> {
    return this.git.text({ args, gitDir: this.gitDir });
  }
}
