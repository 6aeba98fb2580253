import { posix } from 'node:path';
import {
  isKustomizationPath,
  type Kustomization,
} from '../readers/kustomization';
import { findPlace, type PlacePattern } from './place';

/**
 * What a set of files deploys together: a Kustomization, the manifests of a
 * directory, the Helm values of a directory, or a file with a configured pattern.
 */
export interface Root {
  kind: 'kustomization' | 'manifests' | 'values' | 'pattern';
  /** Directory; of a pattern the file. */
  path: string;
}

/**
 * How a GitOps repository is laid out at one commit: which files there are and
 * which of them make up what.
 */
export class Layout {
  readonly #places: PlacePattern[];
  readonly #isPattern: (path: string) => boolean;
  readonly #files = new Map<string, string>();
  readonly #directories = new Map<string, Set<string>>();
  readonly #kustomizations = new Map<string, Kustomization>();
  /** Path → directories of the Kustomizations that name it. */
  readonly #referrers = new Map<string, Set<string>>();

  private constructor(options: {
    places: PlacePattern[];
    isPattern: (path: string) => boolean;
  }) {
    this.#places = options.places;
    this.#isPattern = options.isPattern;
  }

  static create(options: {
    places: PlacePattern[];
    /** Whether a configured pattern reads the file. */
    isPattern: (path: string) => boolean;
  }): Layout {
    return new Layout(options);
  }

  /** Blob of a file. */
  sha(path: string): string | undefined {
    return this.#files.get(path);
  }

  kustomization(directory: string): Kustomization | undefined {
    return this.#kustomizations.get(directory);
  }

  paths(): IterableIterator<string> {
    return this.#files.keys();
  }

  filesOf(directory: string): string[] {
    return [...(this.#directories.get(directory) ?? [])].sort();
  }

  setFile(path: string, sha: string | undefined): void {
    const directory = posix.dirname(path);
    if (sha === undefined) {
      this.#files.delete(path);
      const names = this.#directories.get(directory);
      names?.delete(path);
      if (names?.size === 0) {
        this.#directories.delete(directory);
      }
      return;
    }
    this.#files.set(path, sha);
    const names = this.#directories.get(directory);
    if (names) {
      names.add(path);
    } else {
      this.#directories.set(directory, new Set([path]));
    }
  }

  setKustomization(directory: string, kustomization?: Kustomization): void {
    for (const reference of this.#kustomizations.get(directory)?.references ??
      []) {
      this.#referrers.get(reference)?.delete(directory);
    }
    this.#kustomizations.delete(directory);
    if (kustomization) {
      this.#kustomizations.set(directory, kustomization);
      for (const reference of kustomization.references) {
        const referrers = this.#referrers.get(reference);
        if (referrers) {
          referrers.add(directory);
        } else {
          this.#referrers.set(reference, new Set([directory]));
        }
      }
    }
  }

  /** Whether a file's text may say what runs. */
  isRelevant(path: string): boolean {
    return (
      this.#isPattern(path) ||
      isYamlPath(path) ||
      isKustomizationPath(path) ||
      (this.#referrers.get(path)?.size ?? 0) > 0
    );
  }

  /** A file below `templates/` of a Helm chart. */
  isChartTemplate(path: string): boolean {
    for (const match of path.matchAll(/(?:^|\/)templates\//g)) {
      const chart = path.slice(0, match.index);
      if (this.#files.has(chart ? `${chart}/Chart.yaml` : 'Chart.yaml')) {
        return true;
      }
    }
    return false;
  }

  /** Whether a Kustomization is deployed by itself rather than only as part of others. */
  isRoot(directory: string): boolean {
    const { environment } = findPlace(
      posix.join(directory, 'kustomization.yaml'),
      this.#places,
    );
    return environment !== undefined || this.#parents(directory).length === 0;
  }

  /** What a file is part of. */
  rootsOf(path: string): Root[] {
    if (this.#isPattern(path)) {
      return [{ kind: 'pattern', path }];
    }
    const directory = posix.dirname(path);
    if (isKustomizationPath(path)) {
      return this.#climb(directory, new Set());
    }
    const referrers = [...(this.#referrers.get(path) ?? [])];
    if (referrers.length > 0) {
      const seen = new Set<string>();
      return referrers.flatMap(referrer => this.#climb(referrer, seen));
    }
    if (!isYamlPath(path) || this.isChartTemplate(path)) {
      return [];
    }
    if (isValuesPath(path) || posix.basename(path) === 'Chart.yaml') {
      return [{ kind: 'values', path: directory }];
    }
    // Beside a Kustomization only what it names is deployed.
    return this.#kustomizations.has(directory)
      ? []
      : [{ kind: 'manifests', path: directory }];
  }

  #climb(directory: string, seen: Set<string>): Root[] {
    if (seen.has(directory)) {
      return [];
    }
    seen.add(directory);
    if (this.isRoot(directory)) {
      return [{ kind: 'kustomization', path: directory }];
    }
    return this.#parents(directory).flatMap(parent =>
      this.#climb(parent, seen),
    );
  }

  #parents(directory: string): string[] {
    const file = this.#kustomizations.get(directory)?.file;
    return [
      ...(this.#referrers.get(directory) ?? []),
      ...((file && this.#referrers.get(file)) || []),
    ].filter(parent => parent !== directory);
  }
}

/** Whether a path is YAML that tools read; folders that begin with a dot are not. */
export function isYamlPath(path: string): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    !/(^|\/)\./.test(path) &&
    !/(^|\/)(node_modules|vendor)\//.test(path)
  );
}

/** Whether a path is that of Helm values. */
export function isValuesPath(path: string): boolean {
  return /(^|\/)(values[^/]*|[^/]*[-_.]values)\.ya?ml$|(^|\/)values\/[^/]+\.ya?ml$/i.test(
    path,
  );
}
