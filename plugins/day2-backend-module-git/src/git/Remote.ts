import { join } from 'node:path';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { CredentialsProvider, GitCredentials } from './credentials';
import { describeFailure } from './describeFailure';
import type { Git, GitCall } from './Git';
import { GitFailure } from './GitFailure';
import type { MirrorFolder } from './MirrorFolder';
import { parseRemote, type RemoteState } from './parseRemote';
import { expectGitServer, probeStatus } from './probeStatus';
import type { RepositoryUrl } from './repositoryUrl';
import { formatSize } from './size';

/** What a list of refs may take; of a server that lists them without end. */
const maxListBytes = 128 * 1024 ** 2;
const maxListMemoryBytes = 1024 ** 3;
const lookMs = 1_000;

/** How a mirror asks and fetches. */
export interface RemoteOptions {
  git: Git;
  mirror: MirrorFolder;
  /** Where the helper for credentials is. */
  folder: string;
  url: RepositoryUrl;
  /** Absent: the remote's HEAD. */
  branch?: string;
  credentials: CredentialsProvider;
  networkTimeoutMs: number;
  fetchTimeoutMs: number;
  /** What the mirror may grow to. */
  maxMirrorBytes: number;
}

/** The repository a mirror is of, asked through `git`. */
export class Remote {
  readonly #options: RemoteOptions;
  #lastBranch?: string;

  private constructor(options: RemoteOptions) {
    this.#options = options;
  }

  static create(options: RemoteOptions): Remote {
    return new Remote(options);
  }

  /**
   * What there is now.
   *
   * @throws SourceError
   */
  async ask(): Promise<RemoteState> {
    const { branch, url } = this.#options;
    // Hosts list a ref for every pull request; with the branch known, they
    // need not be asked for. In a checkout on this machine people switch.
    const known =
      branch ?? (url.kind === 'file' ? undefined : this.#lastBranch);
    const credentials = await this.#findCredentials();
    const remote = await this.#list({ known, credentials });
    if (!remote.tip && known && !branch) {
      this.#lastBranch = undefined;
      return await this.ask();
    }
    if (!remote.tip && remote.hasRefs) {
      throw new SourceError({
        code: 'not-found',
        message: `The repository has no branch ${remote.branch}.`,
        fix: 'Correct day2.git.repositories[].branch, or leave it out for the default branch.',
      });
    }
    if (!remote.hasRefs && url.kind === 'http') {
      await expectGitServer({ url, credentials });
    }
    this.#lastBranch =
      remote.tip && remote.ref !== 'HEAD' ? remote.branch : undefined;
    return remote;
  }

  /**
   * Brings the branch and all tags into the mirror.
   *
   * @throws SourceError
   */
  async fetch(options: {
    remote: RemoteState;
    /** Where the branch is kept. */
    into: string;
    wasShallow: boolean;
  }): Promise<void> {
    const { remote } = options;
    const { mirror, url, fetchTimeoutMs, maxMirrorBytes } = this.#options;
    if (!remote.tip) {
      return;
    }
    const tooLarge = new AbortController();
    let looking = false;
    const look = async () => {
      if (!looking) {
        looking = true;
        if ((await mirror.size()) > maxMirrorBytes) {
          tooLarge.abort();
        }
        looking = false;
      }
    };
    const timer = setInterval(look, lookMs);
    try {
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
            url.remote,
            `+${remote.ref}:${options.into}`,
            '+refs/tags/*:refs/tags/*',
          ],
          gitDir: mirror.gitDir,
          timeoutMs: fetchTimeoutMs,
          maxFileBytes: maxMirrorBytes,
          signal: tooLarge.signal,
        },
        await this.#findCredentials(),
      );
      await look();
      if (tooLarge.signal.aborted) {
        throw this.#tooLarge();
      }
    } catch (error) {
      await mirror.tidy();
      throw tooLarge.signal.aborted ? this.#tooLarge() : error;
    } finally {
      clearInterval(timer);
    }
  }

  #tooLarge(): SourceError {
    const { maxMirrorBytes } = this.#options;
    return new SourceError({
      code: 'misconfigured',
      message: `The mirror of this repository grew beyond ${formatSize(
        maxMirrorBytes,
      )}; fetching was stopped.`,
      fix: 'If the repository is that large, raise day2.git.maxMirrorSize and see that day2.git.directory has the room. If not, look at what the server sends.',
      retryAfterMs: 3_600_000,
    });
  }

  async #findCredentials(): Promise<GitCredentials | undefined> {
    try {
      return await this.#options.credentials();
    } catch {
      throw new SourceError({
        code: 'credential-refused',
        message: `No credential for ${
          this.#options.url.host
        } could be had from its integration.`,
        fix: 'Look at the integration of this host under integrations in app-config.yaml.',
      });
    }
  }

  async #list(options: {
    known?: string;
    credentials?: GitCredentials;
  }): Promise<RemoteState> {
    const { url, networkTimeoutMs } = this.#options;
    const output = await this.#network(
      {
        args: [
          'ls-remote',
          ...(options.known ? ['--heads', '--tags'] : ['--symref']),
          '--',
          url.remote,
        ],
        timeoutMs: networkTimeoutMs,
        maxBytes: maxListBytes,
        maxMemoryBytes: maxListMemoryBytes,
      },
      options.credentials,
    );
    return parseRemote(output.toString('utf8'), options.known);
  }

  async #network(call: GitCall, credentials?: GitCredentials): Promise<Buffer> {
    const { git, folder, url } = this.#options;
    try {
      const { stdout } = await git.run({
        ...call,
        env: {
          ...(credentials
            ? {
                GIT_ASKPASS: join(folder, 'askpass'),
                DAY2_GIT_HOST: url.host ?? '',
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
      if (
        /died of signal 25|file too large|file size limit/i.test(error.stderr)
      ) {
        throw this.#tooLarge();
      }
      const described = describeFailure({
        failure: error,
        url,
        secrets: credentials ? [credentials.password] : [],
      });
      throw url.kind === 'http'
        ? await probeStatus({ error: described, url, credentials })
        : described;
    }
  }
}
