import type { Changes, ModelCommit } from '../git/ModelRepository';
import type { Random } from '../random/Random';
import { sourceFiles } from './applicationFiles';
import { imageTag } from './imageTag';
import { isTagged } from './isTagged';
import { mergeWithBranch } from './mergeWithBranch';
import { type CommitIdentity, membersOf, people } from './people';
import type { Build } from './records';
import type { ServiceSpec } from './ServiceSpec';
import { sign } from './sign';
import { applyEdits } from './sourceEdits';
import type { Work } from './work';
import type { WorldState } from './WorldState';

/** A commit of main and the images CI makes of it. */
export interface Merged {
  commit: ModelCommit;
  builds: Build[];
}

interface BuildOptions {
  at: number;
  random: Random;
  urgent?: boolean;
  /** Time CI takes; some minutes where absent. */
  buildSeconds?: number;
}

/** Pull requests of the applications: from work to commits on main and builds. */
export class CodeFlow {
  readonly #world: WorldState;
  readonly #onBuild: (build: Build) => void;

  private constructor(world: WorldState, onBuild: (build: Build) => void) {
    this.#world = world;
    this.#onBuild = onBuild;
  }

  /** `onBuild` is told of each image when it is ready. */
  static create(options: {
    world: WorldState;
    onBuild: (build: Build) => void;
  }): CodeFlow {
    return new CodeFlow(options.world, options.onBuild);
  }

  /** Merges a pull request of a developer now; builds follow by themselves. */
  merge(
    options: BuildOptions & {
      spec: ServiceSpec;
      work: Work;
      author?: CommitIdentity;
      style?: 'squash' | 'merge';
    },
  ): Merged {
    const { spec, work, at, random, urgent } = options;
    const author = options.author ?? random.pick(membersOf(spec.team));
    const files = sourceFiles(spec, pickFolder(spec, random));
    const edits = work.constants.map(constant => ({
      ...random.pick(files),
      ...constant,
    }));
    const style =
      options.style ??
      (spec.mergeStyle === 'merge' && random.chance(0.8) ? 'merge' : 'squash');
    const trailers = coAuthors(spec, author, random);
    const title = titleOf(work, random);
    const repository = this.#repository(spec);
    if (style === 'squash') {
      return this.commitFiles({
        ...options,
        kind: work.kind,
        author,
        title,
        body: trailers,
        changes: applyEdits(repository, edits),
      });
    }
    const user = author.email.split('@')[0].replace('.', '-');
    const commit = mergeWithBranch({
      repository,
      edits,
      branchName: urgent
        ? `hotfix/${work.issue ?? work.slug}`
        : `${user}/${work.slug}`,
      title,
      trailers,
      number: this.#pullNumber(spec),
      author,
      at,
      urgent,
      random,
    });
    return { commit, builds: this.#build(spec, commit, work.kind, options) };
  }

  /** Undoes a commit of main, whose files nothing has changed since. */
  revert(
    options: BuildOptions & {
      spec: ServiceSpec;
      commit: ModelCommit;
      author: CommitIdentity;
    },
  ): Merged {
    const { spec, commit } = options;
    const before = this.#repository(spec).find(commit.parents[0]);
    const changes = new Map<string, string | undefined>();
    for (const path of commit.changes.keys()) {
      changes.set(path, before?.tree.read(path));
    }
    const [title] = commit.message.split('\n');
    return this.commitFiles({
      ...options,
      kind: 'fix',
      title: `Revert "${title}"`,
      body: `\n\nThis reverts commit ${commit.sha}.`,
      changes,
    });
  }

  /** A squashed pull request with given files. */
  commitFiles(
    options: BuildOptions & {
      spec: ServiceSpec;
      author: CommitIdentity;
      title: string;
      body?: string;
      kind: Work['kind'];
      changes: Changes;
    },
  ): Merged {
    const { spec, author, at, title, body = '', kind, changes } = options;
    const commit = this.#repository(spec).commit({
      author: sign(author, at),
      committer: sign(people.host, at),
      message: `${title} (#${this.#pullNumber(spec)})${body}`,
      changes,
    });
    return { commit, builds: this.#build(spec, commit, kind, options) };
  }

  /** One image for each service of the repository whose files changed. */
  #build(
    committed: ServiceSpec,
    commit: ModelCommit,
    kind: Work['kind'],
    options: BuildOptions,
  ): Build[] {
    const { at, random, urgent = false } = options;
    const roots = new Set(
      [...commit.changes.keys()].map(path => path.split('/')[0]),
    );
    const builds: Build[] = [];
    for (const state of this.#world.services.values()) {
      const { spec } = state;
      if (
        spec.repository !== committed.repository ||
        (spec.folders && !spec.folders.some(folder => roots.has(folder)))
      ) {
        continue;
      }
      const [major, minor, patch] = state.semver;
      state.semver =
        kind === 'feature' ? [major, minor + 1, 0] : [major, minor, patch + 1];
      const seconds = options.buildSeconds ?? random.int(4 * 60, 12 * 60);
      const build: Build = {
        service: spec.name,
        order: state.builds.length,
        version: imageTag({ spec, semver: state.semver, sha: commit.sha }),
        sha: commit.sha,
        // One build of a service at a time, so that images appear in order.
        readyAt: Math.max(at + seconds * 1000, state.lastReadyAt + 1000),
        bad: false,
        urgent,
      };
      state.lastReadyAt = build.readyAt;
      state.builds.push(build);
      builds.push(build);
      this.#world.queue.add({
        at: build.readyAt,
        key: `build/${spec.name}/${build.order}`,
        run: () => {
          this.#tag(spec, build);
          this.#onBuild(build);
        },
      });
    }
    return builds;
  }

  #tag(spec: ServiceSpec, build: Build): void {
    if (!isTagged(spec)) {
      return;
    }
    this.#repository(spec).tag({
      name: build.version,
      sha: build.sha,
      // One team annotates its tags, the others do not.
      ...(spec.team === 'payments' && {
        tagger: sign(people.ci, build.readyAt),
      }),
    });
  }

  #pullNumber(spec: ServiceSpec): number {
    return this.#world.next(`pull/${spec.repository}`, 12);
  }

  #repository(spec: ServiceSpec) {
    return this.#world.repository(spec.repository, 'application');
  }
}

/** The folder a pull request works in; undefined where the service has a repository of its own. */
function pickFolder(spec: ServiceSpec, random: Random): string | undefined {
  const [own, shared] = spec.folders ?? [];
  return shared && random.chance(0.15) ? shared : own;
}

function coAuthors(
  spec: ServiceSpec,
  author: CommitIdentity,
  random: Random,
): string {
  const others = membersOf(spec.team).filter(p => p.email !== author.email);
  if (!others.length || !random.chance(0.14)) {
    return '';
  }
  const other = random.pick(others);
  return `\n\nCo-authored-by: ${other.name} <${other.email}>`;
}

function titleOf(work: Work, random: Random): string {
  if (!work.issue) {
    return work.title;
  }
  return random.chance(0.5)
    ? `${work.issue}: ${work.title}`
    : `${work.title} (${work.issue})`;
}
