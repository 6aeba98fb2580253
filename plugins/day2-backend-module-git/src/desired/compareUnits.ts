import type { FieldChange } from '@day2/backstage-plugin-day2-common';
import { attribute, UnitIndex } from './attribute';
import type { FieldDiff } from './diffFiles';
import { sameVersion } from './image';
import type { Unit, Workload } from './model';
import type { Moves } from './Moves';

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

const maxFields = 200;

/** What a commit did to the applications of the roots it touches. */
export function compareUnits(options: {
  before: Map<string, Unit[]>;
  after: Map<string, Unit[]>;
  diffs: FieldDiff[];
  /** Ids of the roots a file is or was part of. */
  rootsOfPath: (path: string) => string[];
  moves: Moves;
}): UnitChange[] {
  const old = byKey(options.before);
  const now = byKey(options.after);
  const movedFrom = options.moves.find(old, now);
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
      subjectKey: options.moves.keyOf(key),
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
        subjectKey: options.moves.keyOf(key),
        versionMoved: false,
        removed: true,
        fields: [],
      });
    }
  }
  const indexes = new Map<string, UnitIndex>();
  const indexOf = (id: string) => {
    const known = indexes.get(id);
    if (known) {
      return known;
    }
    const index = UnitIndex.create([
      ...(options.after.get(id) ?? []),
      ...(options.before.get(id) ?? []).filter(
        unit => !now.has(unit.key) && !goneByMove.has(unit.key),
      ),
    ]);
    indexes.set(id, index);
    return index;
  };
  for (const diff of options.diffs) {
    for (const id of new Set(options.rootsOfPath(diff.change.file))) {
      for (const unit of attribute(diff, indexOf(id))) {
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

function byKey(roots: Map<string, Unit[]>): Map<string, Unit> {
  const units = new Map<string, Unit>();
  for (const unit of [...roots.values()].flat()) {
    units.set(unit.key, unit);
  }
  return units;
}

/** A release moves the image of an application's other workloads as well. */
function membersWithVersion(unit: Unit): string[] {
  const name = unit.primary.version?.name;
  return unit.members
    .filter((member: Workload) => member.version?.name === name)
    .flatMap(member => member.versionFields);
}
