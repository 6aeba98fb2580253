import type { FieldChange } from '@day2/backstage-plugin-day2-common';
import { posix } from 'node:path';
import type { FileChange } from '../git/readCommits';
import {
  isKustomizationPath,
  readKustomization,
} from '../readers/kustomization';
import type { VersionPattern } from '../readers/readPattern';
import { attribute } from './attribute';
import { computeUnits, filesOfRoot } from './computeUnits';
import { diffFiles, type FieldDiff } from './diffFiles';
import { keyOf, type FileCache } from './FileCache';
import { sameVersion } from './image';
import { Layout, type Root } from './Layout';
import type { ParsedFile, SkipReason, Unit, Workload } from './model';
import { findPlace, type PlacePattern } from './place';

/** What a commit did to one application in one environment. */
export interface UnitChange {
  /** As it is after the commit; before it, where it was removed. */
  unit: Unit;
  /** Key that stays when the files move. */
  subjectKey: string;
  versionMoved: boolean;
  removed: boolean;
  fields: FieldChange[];
}

const maxCachedRoots = 3_000;
const maxFields = 200;
const maxMoves = 5_000;

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
  /** Key of a moved application → its key at first. */
  readonly #moves: Map<string, string>;

  private constructor(options: {
    files: FileCache;
    places: PlacePattern[];
    patterns: VersionPattern[];
    moves: Record<string, string>;
  }) {
    this.#files = options.files;
    this.#places = options.places;
    this.#patterns = options.patterns;
    this.#moves = new Map(Object.entries(options.moves));
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
    return new DesiredState({ ...options, moves: options.moves ?? {} });
  }

  /** Applications that moved, for the cursor. */
  get moves(): Record<string, string> {
    return Object.fromEntries(this.#moves);
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
      units: this.#compare({
        before,
        after,
        diffs: this.#diffs(readable, parsed),
        rootsOfPath: path => [
          ...(rootsBefore.byPath.get(path) ?? []),
          ...(rootsAfter.byPath.get(path) ?? []),
        ],
      }),
      skipped,
    };
  }

  #compare(options: {
    before: Map<string, Unit[]>;
    after: Map<string, Unit[]>;
    diffs: FieldDiff[];
    rootsOfPath: (path: string) => string[];
  }): UnitChange[] {
    const old = byKey(options.before);
    const now = byKey(options.after);
    const movedFrom = this.#findMoves(old, now);
    const versionFields = new Map<string, Set<string>>();
    const changes = new Map<string, UnitChange>();
    for (const [key, unit] of now) {
      const former = old.get(key) ?? movedFrom.get(key);
      const versionMoved =
        unit.primary.version !== undefined &&
        !sameVersion(former?.primary.version, unit.primary.version);
      versionFields.set(
        key,
        new Set([
          ...unit.primary.versionFields,
          ...(former?.primary.versionFields ?? []),
          ...membersWithVersion(unit),
        ]),
      );
      changes.set(key, {
        unit,
        subjectKey: this.#subjectKey(key),
        versionMoved,
        removed: false,
        fields: [],
      });
    }
    const goneByMove = new Set([...movedFrom.values()].map(unit => unit.key));
    for (const [key, unit] of old) {
      if (!now.has(key) && !goneByMove.has(key)) {
        changes.set(key, {
          unit,
          subjectKey: this.#subjectKey(key),
          versionMoved: false,
          removed: true,
          fields: [],
        });
      }
    }
    for (const diff of options.diffs) {
      for (const id of new Set(options.rootsOfPath(diff.change.file))) {
        const units = [
          ...(options.after.get(id) ?? []),
          ...(options.before.get(id) ?? []).filter(
            unit => !now.has(unit.key) && !goneByMove.has(unit.key),
          ),
        ];
        for (const unit of attribute(diff, units)) {
          const change = changes.get(unit.key);
          const isVersion =
            change?.versionMoved && versionFields.get(unit.key)?.has(diff.key);
          if (change && !isVersion && change.fields.length < maxFields) {
            change.fields.push({
              ...diff.change,
              ...(unit.environment ? { environment: unit.environment } : {}),
              ...(unit.target ? { target: unit.target } : {}),
            });
          }
        }
      }
    }
    return [...changes.values()].filter(
      change => change.versionMoved || change.fields.length > 0,
    );
  }

  /** An application that vanished here and appeared there, by what its path and manifest call it, has moved. */
  #findMoves(
    old: Map<string, Unit>,
    now: Map<string, Unit>,
  ): Map<string, Unit> {
    const gone = new Map<string, Unit>();
    for (const [key, unit] of old) {
      if (!now.has(key)) {
        gone.set(identityOf(unit), unit);
      }
    }
    const moved = new Map<string, Unit>();
    for (const [key, unit] of now) {
      const former = old.has(key) ? undefined : gone.get(identityOf(unit));
      if (former) {
        gone.delete(identityOf(unit));
        moved.set(key, former);
        const first = this.#subjectKey(former.key);
        this.#moves.delete(former.key);
        if (first === key) {
          this.#moves.delete(key);
        } else if (this.#moves.size < maxMoves) {
          this.#moves.set(key, first);
        }
      }
    }
    return moved;
  }

  #subjectKey(key: string): string {
    return this.#moves.get(key) ?? key;
  }

  /** Fields that differ; a file that moved is compared with what it was. */
  #diffs(changes: FileChange[], parsed: Map<string, ParsedFile>): FieldDiff[] {
    const get = (path: string, sha?: string) =>
      sha ? parsed.get(keyOf(this.#wanted(path, sha))) : undefined;
    const removed = changes.filter(change => !change.newSha);
    const paired = new Set<FileChange>();
    const diffs: FieldDiff[] = [];
    for (const change of changes) {
      if (!change.newSha) {
        continue;
      }
      let { oldSha } = change;
      let oldPath = change.path;
      if (!oldSha) {
        const former = removed.find(
          candidate =>
            !paired.has(candidate) && this.#isMove(candidate, change),
        );
        if (former) {
          paired.add(former);
          oldSha = former.oldSha;
          oldPath = former.path;
        }
      }
      diffs.push(
        ...diffFiles({
          path: change.path,
          before: get(oldPath, oldSha),
          after: get(change.path, change.newSha),
        }),
      );
    }
    for (const change of removed) {
      if (!paired.has(change)) {
        diffs.push(
          ...diffFiles({
            path: change.path,
            before: get(change.path, change.oldSha),
          }),
        );
      }
    }
    return diffs;
  }

  #isMove(from: FileChange, to: FileChange): boolean {
    if (from.oldSha === to.newSha) {
      return true;
    }
    const a = findPlace(from.path, this.#places);
    const b = findPlace(to.path, this.#places);
    return (
      posix.basename(from.path) === posix.basename(to.path) &&
      a.application === b.application &&
      a.environment === b.environment &&
      a.target === b.target
    );
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

function idOf(root: Root): string {
  return `${root.kind}:${root.path}`;
}

function isFile(mode: string): boolean {
  return mode.startsWith('100');
}

function byKey(roots: Map<string, Unit[]>): Map<string, Unit> {
  const units = new Map<string, Unit>();
  for (const unit of [...roots.values()].flat()) {
    units.set(unit.key, unit);
  }
  return units;
}

function identityOf(unit: Unit): string {
  const { kind, name } = unit.primary;
  return JSON.stringify([
    unit.application,
    unit.environment,
    unit.target,
    kind,
    name,
  ]);
}

/** A release moves the image of an application's other workloads as well. */
function membersWithVersion(unit: Unit): string[] {
  const name = unit.primary.version?.name;
  return unit.members
    .filter((member: Workload) => member.version?.name === name)
    .flatMap(member => member.versionFields);
}
