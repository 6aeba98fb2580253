import { posix } from 'node:path';
import type { FileChange } from '../git/readCommits';
import {
  isKustomizationPath,
  readKustomization,
} from '../readers/kustomization';
import type { VersionPattern } from '../readers/readPattern';
import { compareUnits, type UnitChange } from './compareUnits';
import { computeUnits, filesOfRoot } from './computeUnits';
import { diffCommit } from './diffCommit';
import { keyOf, type FileCache } from './FileCache';
import { Layout, type Root } from './Layout';
import type { SkipReason, Unit } from './model';
import { Moves } from './Moves';
import type { PlacePattern } from './place';

const maxCachedRoots = 3_000;

/** Roots by id, and which of them a path belongs to. */
class RootSet extends Map<string, Root> {
  readonly byPath = new Map<string, string[]>();

  add(path: string, roots: Root[]): void {
    this.byPath.set(path, roots.map(idOf));
    for (const root of roots) {
      this.set(idOf(root), root);
    }
  }
}

/**
 * The desired state of a GitOps repository, moved from commit to commit. It
 * knows which files make up which application and compares each application a
 * commit touches with what it was.
 */
export class DesiredState {
  readonly #files: FileCache;
  readonly #places: PlacePattern[];
  readonly #patterns: VersionPattern[];
  readonly #layout: Layout;
  readonly #roots = new Map<string, Unit[]>();
  readonly #moves: Moves;

  private constructor(options: {
    files: FileCache;
    places: PlacePattern[];
    patterns: VersionPattern[];
    moves?: Record<string, string>;
  }) {
    this.#files = options.files;
    this.#places = options.places;
    this.#patterns = options.patterns;
    this.#moves = Moves.create(options);
    this.#layout = Layout.create({
      places: options.places,
      isPattern: path => this.#isPattern(path),
    });
  }

  static create(options: {
    files: FileCache;
    places: PlacePattern[];
    patterns: VersionPattern[];
    /** What `moves` gave when the state was left. */
    moves?: Record<string, string>;
  }): DesiredState {
    return new DesiredState(options);
  }

  /** Applications that moved, for the cursor. */
  get moves(): Record<string, string> {
    return this.#moves.toJSON();
  }

  /** Takes a whole tree as the state to start from. */
  async start(entries: { path: string; sha: string }[]): Promise<void> {
    for (const { path, sha } of entries) {
      this.#layout.setFile(path, sha);
    }
    await this.#readKustomizations(entries.map(entry => entry.path));
  }

  /** All applications as they are now. */
  async units(): Promise<Unit[]> {
    const roots = new Map<string, Root>();
    for (const path of this.#layout.paths()) {
      for (const root of this.#layout.rootsOf(path)) {
        roots.set(idOf(root), root);
      }
    }
    const units: Unit[] = [];
    for (const root of roots.values()) {
      units.push(...(await this.#unitsOf(root)));
    }
    return units;
  }

  /** Reads ahead what a run of commits brings, in one turn. */
  async prefetch(changes: FileChange[]): Promise<void> {
    await this.#files.load(
      changes
        .filter(change => change.newSha && isFile(change.newMode))
        .filter(change => this.#layout.isRelevant(change.path))
        .map(change => this.#wanted(change.path, change.newSha!)),
    );
  }

  /** Moves on by one commit. */
  async apply(changes: FileChange[]): Promise<{
    units: UnitChange[];
    skipped: Partial<Record<SkipReason, number>>;
  }> {
    const skipped: Partial<Record<SkipReason, number>> = {};
    const relevant: FileChange[] = [];
    for (const change of changes) {
      const reason = this.#skipReason(change);
      if (reason) {
        skipped[reason] = (skipped[reason] ?? 0) + 1;
      } else {
        relevant.push(change);
      }
    }
    const rootsBefore = this.#rootsOf(relevant);
    const before = new Map<string, Unit[]>();
    for (const [id, root] of rootsBefore) {
      before.set(id, await this.#unitsOf(root));
    }
    for (const change of relevant) {
      this.#layout.setFile(
        change.path,
        isFile(change.newMode) ? change.newSha : undefined,
      );
    }
    await this.#readKustomizations(relevant.map(change => change.path));
    // Only now, since a commit may bring the chart with its templates.
    const readable = relevant.filter(
      ({ path }) => !this.#layout.isChartTemplate(path),
    );
    if (readable.length < relevant.length) {
      skipped['Helm template'] = relevant.length - readable.length;
    }
    const rootsAfter = this.#rootsOf(relevant);
    for (const id of [...rootsBefore.keys(), ...rootsAfter.keys()]) {
      this.#roots.delete(id);
    }
    const after = new Map<string, Unit[]>();
    for (const [id, root] of new Map([...rootsBefore, ...rootsAfter])) {
      after.set(id, await this.#unitsOf(root));
    }
    const parsed = await this.#files.load(
      readable.flatMap(change =>
        [
          isFile(change.oldMode) ? change.oldSha : undefined,
          isFile(change.newMode) ? change.newSha : undefined,
        ].flatMap(sha => (sha ? [this.#wanted(change.path, sha)] : [])),
      ),
    );
    for (const change of readable) {
      const file =
        change.newSha &&
        parsed.get(keyOf(this.#wanted(change.path, change.newSha)));
      if (file && 'skipped' in file) {
        skipped[file.skipped] = (skipped[file.skipped] ?? 0) + 1;
      }
    }
    return {
      units: compareUnits({
        before,
        after,
        diffs: diffCommit({
          changes: readable,
          file: (path, sha) => parsed.get(keyOf(this.#wanted(path, sha))),
          places: this.#places,
        }),
        moves: this.#moves,
        rootsOfPath: path => [
          ...(rootsBefore.byPath.get(path) ?? []),
          ...(rootsAfter.byPath.get(path) ?? []),
        ],
      }),
      skipped,
    };
  }

  #rootsOf(changes: FileChange[]): RootSet {
    const roots = new RootSet();
    for (const { path } of changes) {
      roots.add(path, this.#layout.rootsOf(path));
    }
    return roots;
  }

  async #unitsOf(root: Root): Promise<Unit[]> {
    const id = idOf(root);
    if (root.kind === 'kustomization' && !this.#layout.isRoot(root.path)) {
      return [];
    }
    const cached = this.#roots.get(id);
    if (cached) {
      this.#roots.delete(id);
      this.#roots.set(id, cached);
      return cached;
    }
    const wanted = filesOfRoot(root, this.#layout).flatMap(path => {
      const sha = this.#layout.sha(path);
      return sha ? [this.#wanted(path, sha)] : [];
    });
    const loaded = await this.#files.load(wanted);
    const units = computeUnits({
      root,
      layout: this.#layout,
      places: this.#places,
      patterns: this.#patterns,
      file: path => {
        const sha = this.#layout.sha(path);
        return sha ? loaded.get(keyOf(this.#wanted(path, sha))) : undefined;
      },
    });
    this.#roots.set(id, units);
    if (this.#roots.size > maxCachedRoots) {
      for (const oldest of this.#roots.keys()) {
        this.#roots.delete(oldest);
        break;
      }
    }
    return units;
  }

  async #readKustomizations(paths: string[]): Promise<void> {
    const files = paths.filter(isKustomizationPath);
    if (files.length === 0) {
      return;
    }
    const loaded = await this.#files.load(
      files.flatMap(path => {
        const sha = this.#layout.sha(path);
        return sha ? [{ sha, asText: false }] : [];
      }),
    );
    for (const path of files) {
      const sha = this.#layout.sha(path);
      const file = sha && loaded.get(sha);
      const value =
        file && 'documents' in file ? file.documents[0]?.value : undefined;
      const directory = posix.dirname(path);
      const former = this.#layout.kustomization(directory)?.references ?? [];
      const next = sha ? readKustomization(path, value) : undefined;
      this.#layout.setKustomization(directory, next);
      // Whether these are deployed by themselves may have changed with it.
      for (const reference of [
        directory,
        ...former,
        ...(next?.references ?? []),
      ]) {
        for (const kind of ['kustomization', 'manifests', 'values']) {
          this.#roots.delete(`${kind}:${reference}`);
          this.#roots.delete(`${kind}:${posix.dirname(reference)}`);
        }
      }
    }
  }

  #skipReason(change: FileChange): SkipReason | undefined {
    const mode = change.newSha ? change.newMode : change.oldMode;
    if (mode === '160000') {
      return 'submodule';
    }
    if (mode === '120000') {
      return isFile(change.oldMode) ? undefined : 'symbolic link';
    }
    if (!this.#layout.isRelevant(change.path)) {
      return 'other file type';
    }
    return undefined;
  }

  #wanted(path: string, sha: string): { sha: string; asText: boolean } {
    return {
      sha,
      asText: this.#isPattern(path) || !/(\.ya?ml|Kustomization)$/i.test(path),
    };
  }

  #isPattern(path: string): boolean {
    return this.#patterns.some(pattern => pattern.files.test(path));
  }
}

function idOf(root: Root): string {
  return `${root.kind}:${root.path}`;
}

function isFile(mode: string): boolean {
  return mode.startsWith('100');
}
