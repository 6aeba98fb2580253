import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mirror } from '../git/Mirror';

/** Questions about the first-parent line of the tracked branch, answered by `git rev-list`. */
export class FirstParentLine {
  readonly #mirror: Mirror;
  readonly #signal: AbortSignal;

  private constructor(mirror: Mirror, signal: AbortSignal) {
    this.#mirror = mirror;
    this.#signal = signal;
  }

  static create(options: {
    mirror: Mirror;
    signal: AbortSignal;
  }): FirstParentLine {
    return new FirstParentLine(options.mirror, options.signal);
  }

  /** Commits of the line up to `tip`, oldest first, without those reachable from `from`. */
  async commits(tip: string, from?: string): Promise<string[]> {
    return await this.#revList([
      '--first-parent',
      '--reverse',
      tip,
      ...(from ? [`^${from}`] : []),
    ]);
  }

  /** Whether `sha` is on the line of `tip`. */
  async includes(tip: string, sha: string): Promise<boolean> {
    if (tip === sha) {
      return true;
    }
    const lines = await this.#revList([
      '--first-parent',
      '--parents',
      '--reverse',
      tip,
      `^${sha}`,
    ]);
    return lines[0]?.split(' ')[1] === sha;
  }

  /** Newest commit of both lines. */
  async fork(options: { old: string; tip: string }): Promise<{
    /** Absent where they have nothing in common. */
    sha?: string;
    /** Commits of the old line that the new one has not, oldest first. */
    left: string[];
    /** Commits of the new line that the old one has not, oldest first. */
    added: string[];
  }> {
    const old = await this.commits(options.old);
    const now = await this.commits(options.tip);
    const onNew = new Set(now);
    const onOld = new Set(old);
    const shared = old.filter(sha => onNew.has(sha));
    return {
      sha: shared[shared.length - 1],
      left: old.filter(sha => !onNew.has(sha)),
      added: now.filter(sha => !onOld.has(sha)),
    };
  }

  /** Position of a commit from the beginning of its line. */
  async position(sha: string): Promise<number> {
    const [count] = await this.#revList(['--first-parent', '--count', sha]);
    return Number(count);
  }

  /** Newest commit of the line that landed before an instant. */
  async before(tip: string, at: number): Promise<string | undefined> {
    const [sha] = await this.#revList([
      '--first-parent',
      '--max-count=1',
      `--before=${Math.floor(at / 1000) - 1}`,
      tip,
    ]);
    return sha;
  }

  /** How many commits can be reached from one and not from the other. */
  async count(tip: string, from?: string): Promise<number> {
    const [count] = await this.#revList([
      '--count',
      tip,
      ...(from ? [`^${from}`] : []),
    ]);
    return Number(count);
  }

  /** Commits that can be reached from one and not from the other. */
  async reachable(tip: string, from?: string): Promise<string[]> {
    return await this.#revList([tip, ...(from ? [`^${from}`] : [])]);
  }

  /** Where a shallow clone's history is cut off. */
  async cuts(): Promise<Set<string>> {
    const text = await readFile(
      join(this.#mirror.gitDir, 'shallow'),
      'utf8',
    ).catch(() => '');
    return new Set(text.split('\n').filter(Boolean));
  }

  /** Committer time of a commit, epoch milliseconds. */
  async time(sha: string): Promise<number> {
    const [seconds] = await this.#mirror.lines(
      ['log', '-1', '--format=%ct', '--end-of-options', sha],
      this.#signal,
    );
    return Number(seconds) * 1000;
  }

  async #revList(args: string[]): Promise<string[]> {
    return await this.#mirror.lines(['rev-list', ...args, '--'], this.#signal);
  }
}
