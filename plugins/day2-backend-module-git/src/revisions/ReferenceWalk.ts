import { posix } from 'node:path';
import { chartReferences } from './chartReferences';
import { findPath, type Found } from './findPath';
import type { GitObjects, TreeEntry } from './GitObjects';
import { kustomizationReferences } from './kustomizationReferences';
import type { References } from './References';
import { isAddress, isPinned, shown } from './remotes';

const maxPlaces = 1000;
const maxFolders = 200;
const tooMany = `more than ${maxPlaces} files and folders`;
const kustomizations = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

type There = Extract<Found, { id: string }>;

interface Step {
  path: string;
  /** As what it counts: what an application is made of, what a Kustomization is, a file as it is, a chart. */
  as: 'start' | 'resource' | 'file' | 'chart';
  /** As it is written where it is referred to. */
  written?: string;
}

/**
 * Follows what an application's paths refer to at one commit, and so on: bases
 * and components of Kustomize, charts that stand in the repository, links.
 */
export class ReferenceWalk {
  readonly #objects: GitObjects;
  readonly #root: string;
  readonly #steps: Step[] = [];
  readonly #seen = new Set<string>();
  readonly #found = new Set<string>();
  readonly #unfollowed = new Set<string>();

  private constructor(options: { objects: GitObjects; root: string }) {
    this.#objects = options.objects;
    this.#root = options.root;
  }

  static create(options: {
    objects: GitObjects;
    /** Id of the root folder. */
    root: string;
  }): ReferenceWalk {
    return new ReferenceWalk(options);
  }

  /** Bounded: what is beyond is among the unfollowed. */
  async run(
    paths: string[],
  ): Promise<{ references: string[]; unfollowed: string[] }> {
    this.#steps.push(...paths.map(path => ({ path, as: 'start' as const })));
    // It grows while it is walked.
    for (const step of this.#steps) {
      const key = `${step.as} ${step.path}`;
      if (this.#seen.has(key)) {
        continue;
      }
      if (this.#seen.size >= maxPlaces) {
        this.#unfollowed.add(tooMany);
        break;
      }
      this.#seen.add(key);
      await this.#visit(step);
    }
    return {
      references: [...this.#found].sort(),
      unfollowed: [...this.#unfollowed],
    };
  }

  async #visit(step: Step): Promise<void> {
    const { path, as, written = path } = step;
    const found = await this.#find(path);
    if (!('id' in found)) {
      this.#absent({ as, written, kind: found.kind, path });
    } else if (found.kind === 'folder' && as !== 'file') {
      await this.#folder(found, as);
    } else {
      this.#note(found);
      if (as === 'start' && /\.jsonnet$/.test(found.path)) {
        this.#unfollowed.add(`what ${shown(found.path)} imports`);
      }
      if (
        found.kind === 'file' &&
        as !== 'file' &&
        kustomizations.includes(posix.basename(found.path))
      ) {
        await this.#kustomization(found);
      }
    }
  }

  #absent(options: {
    as: Step['as'];
    kind: 'missing' | 'outside';
    path: string;
    written: string;
  }): void {
    const { as, kind, path, written } = options;
    if (as === 'resource' && isAddress(written)) {
      if (!isPinned(written)) {
        this.#unfollowed.add(`what ${shown(written)} holds`);
      }
    } else if (kind === 'outside') {
      this.#unfollowed.add(`${shown(written)}, outside of the repository`);
    } else {
      this.#found.add(`${path} -`);
      if (as === 'resource' || as === 'chart') {
        this.#unfollowed.add(`${shown(written)}, which is not there`);
      }
    }
  }

  async #folder(found: There, as: Step['as']): Promise<void> {
    const entries = await this.#objects.folder(found.id);
    const name = kustomizations.find(each => entries.has(each));
    if (name && as !== 'chart') {
      const file = await this.#find(posix.join(found.path, name));
      if (file.kind === 'file') {
        // Of a base that is the parent of its overlays only the files that it
        // names count.
        this.#note(file);
        await this.#kustomization(file, found.path);
      }
    }
    const isChart = as !== 'resource' && entries.has('Chart.yaml');
    if (isChart) {
      await this.#chart(found, entries);
    }
    if (isChart || !name) {
      this.#note(found);
    }
    // Out of the root nothing leads but addresses.
    if (found.path !== '' && (isChart || (!name && as === 'start'))) {
      await this.#lookThrough(found, !isChart);
    }
  }

  async #kustomization(
    file: There,
    folder = posix.dirname(file.path),
  ): Promise<void> {
    const value = await this.#objects.yaml(file.id);
    if (value === undefined) {
      this.#unfollowed.add(`${shown(file.path)}, which is no plain YAML`);
      return;
    }
    this.#follow(folder, kustomizationReferences(value));
  }

  async #chart(
    { path }: There,
    entries: Map<string, TreeEntry>,
  ): Promise<void> {
    const values: unknown[] = [];
    for (const name of ['Chart.yaml', 'requirements.yaml']) {
      const file = entries.has(name)
        ? await this.#find(posix.join(path, name))
        : undefined;
      if (file?.kind === 'file') {
        const value = await this.#objects.yaml(file.id);
        values.push(value);
        if (value === undefined) {
          this.#unfollowed.add(`${shown(file.path)}, which is no plain YAML`);
        }
      }
    }
    const charts = await this.#find(posix.join(path, 'charts'));
    this.#follow(
      path,
      chartReferences({
        values,
        isLocked: entries.has('Chart.lock') || entries.has('requirements.lock'),
        vendored:
          charts.kind === 'folder'
            ? [...(await this.#objects.folder(charts.id)).keys()]
            : [],
      }),
    );
  }

  #follow(folder: string, references: References): void {
    const { resources, files, charts, unfollowed } = references;
    const add = (as: Step['as'], items: string[]) => {
      for (const written of items) {
        if (this.#steps.length > 10 * maxPlaces) {
          this.#unfollowed.add(tooMany);
          return;
        }
        this.#steps.push({ path: posix.join(folder, written), as, written });
      }
    };
    add('resource', resources);
    add('file', files);
    add('chart', charts);
    for (const words of unfollowed) {
      this.#unfollowed.add(words);
    }
  }

  /** Links that lead out of a folder, and what its tool makes manifests of. */
  async #lookThrough(folder: There, isPlain: boolean): Promise<void> {
    const open = [folder];
    for (const { id, path } of open) {
      for (const [name, entry] of await this.#objects.folder(id)) {
        const below = posix.join(path, name);
        if (entry.kind === 'folder') {
          open.push({ kind: 'folder', id: entry.id, path: below });
        } else if (entry.kind === 'link') {
          this.#steps.push({ path: below, as: 'file' });
        } else if (isPlain && /\.jsonnet$/.test(name)) {
          this.#unfollowed.add(`what ${shown(below)} imports`);
        }
      }
      if (open.length > maxFolders) {
        this.#unfollowed.add(`more than ${maxFolders} folders`);
        return;
      }
    }
  }

  #note({ path, id }: There): void {
    this.#found.add(`${path} ${id}`);
  }

  async #find(path: string): Promise<Found> {
    return await findPath({
      objects: this.#objects,
      root: this.#root,
      path: posix.normalize(path),
    });
  }
}
