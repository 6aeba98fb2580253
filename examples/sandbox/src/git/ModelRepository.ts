import { objectHash } from './objectHash';
import { type Signature, signatureLine } from './signatureLine';
import { Tree } from './Tree';

export interface ModelCommit {
  sha: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  /** Files against the first parent; undefined content is a removal. */
  changes: ReadonlyMap<string, string | undefined>;
  tree: Tree;
  /** On the first-parent line of the default branch. */
  onMain: boolean;
  /** Position on the first-parent line at which it became part of the branch. */
  landed: number;
}

export interface ModelTag {
  name: string;
  sha: string;
  /** Present on an annotated tag. */
  tagger?: Signature;
}

/** Files by path, as a commit changes them. */
export type Changes = ReadonlyMap<string, string | undefined>;

interface CommitInput {
  author: Signature;
  committer: Signature;
  message: string;
  changes: Changes;
}

/**
 * A repository with one branch `main`, held in memory with the very SHAs that
 * Git gives the same commits. It is the plan; `BareRepository` makes it real.
 */
export class ModelRepository {
  readonly name: string;
  readonly role: 'application' | 'gitops';
  readonly commits: ModelCommit[] = [];
  readonly tags: ModelTag[] = [];
  readonly #bySha = new Map<string, ModelCommit>();
  readonly #main: ModelCommit[] = [];

  private constructor(options: {
    name: string;
    role: 'application' | 'gitops';
  }) {
    this.name = options.name;
    this.role = options.role;
  }

  static create(options: {
    name: string;
    role: 'application' | 'gitops';
  }): ModelRepository {
    return new ModelRepository(options);
  }

  get head(): ModelCommit | undefined {
    return this.#main.at(-1);
  }

  get main(): readonly ModelCommit[] {
    return this.#main;
  }

  find(sha: string): ModelCommit | undefined {
    return this.#bySha.get(sha);
  }

  read(path: string): string | undefined {
    return this.head?.tree.read(path);
  }

  /** The commit that was the tip of main at that instant. */
  tipAt(at: number): ModelCommit | undefined {
    for (let i = this.#main.length - 1; i >= 0; i--) {
      if (this.#main[i].committer.at <= at) {
        return this.#main[i];
      }
    }
    return undefined;
  }

  /** A commit on top of main. */
  commit(input: CommitInput): ModelCommit {
    const parents = this.head ? [this.head.sha] : [];
    return this.#add(input, parents, true);
  }

  /**
   * A branch of commits from `fork`, then its merge into main. `merged` is what
   * the merge changes against main.
   */
  mergeBranch(options: {
    fork: ModelCommit;
    branch: CommitInput[];
    merge: CommitInput;
  }): ModelCommit {
    let tip = options.fork;
    for (const input of options.branch) {
      tip = this.#add(input, [tip.sha], false);
    }
    return this.#add(options.merge, [this.head!.sha, tip.sha], true);
  }

  tag(tag: ModelTag): void {
    this.tags.push(tag);
  }

  /** What `git rev-list from..to` lists, oldest first, for two commits of main. */
  between(from: string, to: string): ModelCommit[] {
    const a = this.#bySha.get(from)!.landed;
    const b = this.#bySha.get(to)!.landed;
    return this.commits.filter(c => c.landed > a && c.landed <= b);
  }

  #add(input: CommitInput, parents: string[], onMain: boolean): ModelCommit {
    const base = parents.length
      ? this.#bySha.get(parents[0])!.tree
      : Tree.empty();
    let tree = base;
    for (const [path, content] of input.changes) {
      tree = tree.with(path, content);
    }
    const message = input.message.endsWith('\n')
      ? input.message
      : `${input.message}\n`;
    const text = [
      `tree ${tree.sha}`,
      ...parents.map(sha => `parent ${sha}`),
      `author ${signatureLine(input.author)}`,
      `committer ${signatureLine(input.committer)}`,
      '',
      message,
    ].join('\n');
    const commit: ModelCommit = {
      ...input,
      message,
      parents,
      tree,
      sha: objectHash('commit', text),
      onMain,
      landed: this.#main.length,
    };
    this.commits.push(commit);
    this.#bySha.set(commit.sha, commit);
    if (onMain) {
      this.#main.push(commit);
    }
    return commit;
  }
}
