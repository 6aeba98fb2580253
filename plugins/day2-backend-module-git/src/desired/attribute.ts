import type { FieldDiff } from './diffFiles';
import type { Unit, Workload } from './model';

/** The applications of a root, found by a resource or a file of theirs. */
export class UnitIndex {
  readonly units: Unit[];
  readonly #byResource = new Map<string, Unit[]>();
  readonly #byFile = new Map<string, Unit[]>();

  private constructor(units: Unit[]) {
    this.units = units;
    for (const unit of units) {
      const workloads = workloadsOf(unit);
      for (const resource of new Set(
        workloads.map(({ kind, name }) => `${kind}/${name}`),
      )) {
        append(this.#byResource, resource, unit);
      }
      for (const file of new Set(workloads.map(item => item.file))) {
        append(this.#byFile, file, unit);
      }
    }
  }

  static create(units: Unit[]): UnitIndex {
    return new UnitIndex(units);
  }

  ofResource(resource: string): Unit[] {
    return this.#byResource.get(resource) ?? [];
  }

  ofFile(file: string): Unit[] {
    return this.#byFile.get(file) ?? [];
  }
}

/**
 * The applications of a root that a changed field belongs to: the one whose
 * resource it is, or that its entry names; by file or name for a resource that
 * is no workload; all of them for what they share.
 */
export function attribute(diff: FieldDiff, index: UnitIndex): Unit[] {
  const { units } = index;
  if (units.length <= 1) {
    return units;
  }
  const { resource, field, file } = diff.change;
  if (resource) {
    const owners = index.ofResource(resource);
    if (owners.length > 0) {
      return owners.filter(
        unit =>
          owners.length === 1 ||
          workloadsOf(unit).some(item => item.file === file) ||
          !fileOwned(owners, file),
      );
    }
    return byFileOrName(resource.slice(resource.indexOf('/') + 1), file, index);
  }
  if (/^(resources|bases|components)\b/.test(field)) {
    // What it names speaks for itself.
    return [];
  }
  const entry =
    /^(?<list>images|replicas|patches|patchesJson6902)\[(?<name>[^\]]+)\]/.exec(
      field,
    )?.groups;
  if (entry) {
    const named = units.filter(unit =>
      workloadsOf(unit).some(workload =>
        entry.list === 'images'
          ? workload.imageNames.includes(entry.name)
          : workload.name === entry.name,
      ),
    );
    return named.length > 0 ? named : units;
  }
  const values = units.filter(unit => unit.primary.kind === 'values');
  if (values.length === units.length) {
    return ofValues(field, file, units);
  }
  return byFileOrName(undefined, file, index);
}

function workloadsOf(unit: Unit): Workload[] {
  return [unit.primary, ...unit.members];
}

function fileOwned(units: Unit[], file: string): boolean {
  return units.some(unit => workloadsOf(unit).some(item => item.file === file));
}

function ofValues(field: string, file: string, units: Unit[]): Unit[] {
  // A file of one environment says nothing of the others.
  const inFile = fileOwned(units, file)
    ? units.filter(unit => unit.primary.file === file)
    : units;
  const scoped = inFile.filter(unit => {
    const scope = scopeOf(unit.primary);
    return scope !== '' && field.startsWith(`${scope}.`);
  });
  if (scoped.length > 0) {
    return scoped;
  }
  return inFile;
}

/** Key below which the values of an application stand. */
function scopeOf(workload: Workload): string {
  const [field = ''] = workload.versionFields.map(key =>
    key.slice(key.lastIndexOf('|') + 1),
  );
  return field.includes('.image')
    ? field.slice(0, field.lastIndexOf('.image'))
    : '';
}

function byFileOrName(
  name: string | undefined,
  file: string,
  index: UnitIndex,
): Unit[] {
  const { units } = index;
  if (name) {
    const named = units.filter(unit =>
      workloadsOf(unit).some(
        workload =>
          name === workload.name || name.startsWith(`${workload.name}-`),
      ),
    );
    if (named.length > 0) {
      const longest = Math.max(...named.map(unit => unit.primary.name.length));
      return named.filter(unit => unit.primary.name.length === longest);
    }
  }
  const inFile = index.ofFile(file);
  return inFile.length > 0 ? inFile : units;
}

function append(map: Map<string, Unit[]>, key: string, unit: Unit): void {
  const units = map.get(key);
  if (units) {
    units.push(unit);
  } else {
    map.set(key, [unit]);
  }
}
