import {
  isSourceError,
  SourceError,
  type RevisionDescription,
  type RevisionReader,
} from '@day2/backstage-plugin-day2-node';
import { DamagedMirror } from '../git/damage';
import { GitFailure } from '../git/GitFailure';
import { branchRef, type Mirror } from '../git/Mirror';
import type { WebLinks } from '../history/commitUrl';
import { cleanPath } from './cleanPath';
import { followReferences } from './followReferences';

const maxRevisions = 500;
const maxPaths = 20_000;
const callMs = 15_000;
const maxBytes = 64 * 1024 * 1024;
/** A mirror is not brought up to date for revisions that it lacks more often. */
const updateEveryMs = 20_000;
const updateMs = 10_000;

const fullSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const object = /^(?<id>[0-9a-f]{40,64}) (?<type>commit|tree|blob)$/;

type Question = Parameters<RevisionReader['describe']>[0];

/** What is known of commits, by plumbing in the mirror. */
export class MirrorRevisions implements RevisionReader {
  readonly #mirror: Mirror;
  readonly #links: WebLinks;
  readonly #now: () => number;
  #updatedAt = -Infinity;

  private constructor(options: {
    mirror: Mirror;
    links: WebLinks;
    now: () => number;
  }) {
    this.#mirror = options.mirror;
    this.#links = options.links;
    this.#now = options.now;
  }

  static create(options: {
    mirror: Mirror;
    links: WebLinks;
    now?: () => number;
  }): MirrorRevisions {
    return new MirrorRevisions({ ...options, now: options.now ?? Date.now });
  }

  async describe({
    revisions,
    signal,
  }: Question): Promise<(RevisionDescription | undefined)[]> {
    const paths = revisions.reduce((sum, each) => sum + each.paths.length, 0);
    if (revisions.length > maxRevisions || paths > maxPaths) {
      throw new RangeError(
        `At most ${maxRevisions} revisions and ${maxPaths} paths at once`,
      );
    }
    const isKnown = (answer: RevisionDescription | undefined) =>
      answer !== undefined;
    let answers = await this.#read(revisions, signal);
    // Another replica may keep the mirror that is read from the source, and a
    // controller may see a commit before we do.
    const lacking = revisions.some(
      ({ sha }, index) => fullSha.test(sha) && !isKnown(answers[index]),
    );
    if (lacking && (await this.#update(signal))) {
      answers = await this.#read(revisions, signal);
    }
    return answers;
  }

  /** @returns whether it may hold more than before */
  async #update(signal: AbortSignal): Promise<boolean> {
    if (this.#now() - this.#updatedAt < updateEveryMs) {
      return false;
    }
    this.#updatedAt = this.#now();
    try {
      await this.#mirror.update({
        // It goes on behind us where that is not enough.
        signal: AbortSignal.any([signal, AbortSignal.timeout(updateMs)]),
      });
      return true;
    } catch {
      // The source's own run says what is wrong.
      signal.throwIfAborted();
      return false;
    }
  }

  async #read(
    revisions: Question['revisions'],
    signal: AbortSignal,
  ): Promise<(RevisionDescription | undefined)[]> {
    try {
      const found = await this.#objects(revisions, signal);
      const shas = [...new Set(found.flatMap(each => each?.sha ?? []))];
      if (shas.length === 0) {
        return revisions.map(() => undefined);
      }
      const times = await this.#times(shas, signal);
      const positions = await this.#positions(new Set(shas), signal);
      const followed = await followReferences({
        mirror: this.#mirror,
        asked: found,
        signal: AbortSignal.any([signal, AbortSignal.timeout(callMs)]),
      });
      return found.map((each, index) => {
        const committedAt = each && times.get(each.sha);
        return committedAt === undefined
          ? undefined
          : {
              position: positions.get(each!.sha),
              trees: each!.trees,
              ...followed[index],
              committedAt,
              url: this.#links.commit(each!.sha),
            };
      });
    } catch (error) {
      signal.throwIfAborted();
      if (
        error instanceof GitFailure ||
        error instanceof DamagedMirror ||
        isSourceError(error)
      ) {
        if (error instanceof GitFailure && !(await this.#isThere(signal))) {
          return revisions.map(() => undefined);
        }
        throw new SourceError({
          code: 'internal',
          message: 'The mirror of the repository could not be read.',
          cause: error,
        });
      }
      throw error;
    }
  }

  /** Whether there is a mirror on this machine at all. */
  async #isThere(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#text({ args: ['rev-parse', '--git-dir'], signal });
      return true;
    } catch {
      return false;
    }
  }

  /** The commits that are here, with the ids at their paths. */
  async #objects(revisions: Question['revisions'], signal: AbortSignal) {
    const wanted = revisions.map(({ sha, paths }) =>
      fullSha.test(sha) ? { sha, paths: paths.map(cleanPath) } : undefined,
    );
    const questions = wanted.flatMap(each =>
      each
        ? [
            `${each.sha}^{commit}`,
            ...each.paths.flatMap(path =>
              path === undefined ? [] : `${each.sha}:${path}`,
            ),
          ]
        : [],
    );
    if (questions.length === 0) {
      return wanted.map(() => undefined);
    }
    const lines = (
      await this.#text({
        args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
        input: `${questions.join('\n')}\n`,
        signal,
      })
    ).split('\n');
    let at = 0;
    const next = () => object.exec(lines[at++] ?? '')?.groups;
    return wanted.map(each => {
      if (!each) {
        return undefined;
      }
      const commit = next();
      const trees = each.paths.map(path =>
        path === undefined ? undefined : next()?.id,
      );
      // Of a tag or a tree nothing was asked that a commit could answer.
      return commit?.type === 'commit' && commit.id === each.sha
        ? {
            sha: each.sha,
            trees,
            paths: each.paths.flatMap(path => path ?? []),
          }
        : undefined;
    });
  }

  async #times(
    shas: string[],
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const text = await this.#text({
      args: ['log', '--no-walk=unsorted', '--format=%H %ct', '--stdin'],
      input: `${shas.join('\n')}\n`,
      signal,
    });
    return new Map(
      text.split('\n').map(line => {
        const [sha, seconds] = line.split(' ');
        return [sha, Number(seconds) * 1000];
      }),
    );
  }

  /** Where those of the commits that are on the branch's first-parent line stand on it. */
  async #positions(
    shas: Set<string>,
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const text = await this.#text({
      args: ['rev-list', '--first-parent', branchRef, '--'],
      signal,
    });
    const line = text.split('\n');
    return new Map(
      line.flatMap((sha, index): [string, number][] =>
        shas.has(sha) ? [[sha, line.length - index]] : [],
      ),
    );
  }

  #text(call: {
    args: string[];
    input?: string;
    signal: AbortSignal;
  }): Promise<string> {
    return this.#mirror.git.text({
      ...call,
      gitDir: this.#mirror.gitDir,
      timeoutMs: callMs,
      maxBytes,
    });
  }
}
