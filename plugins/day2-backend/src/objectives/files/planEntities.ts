import type { FilesCursor } from './cursor';
import type { ObjectiveEntity } from './objectiveEntity';

/**
 * Entities of one pass beside whose catalog-info.yaml is looked in repositories,
 * four requests each: so that a large catalog does not use up what the portal
 * may ask of its Git host, all have their turn over days.
 */
const MAX_LOOKED = 60;

/** Entities of which nothing was found, not looked for again until then. */
export type Absent = Map<string, { etag: string; until: number }>;

/** An entity whose files are read in this pass. */
export interface PlannedEntity extends ObjectiveEntity {
  /** It is one of those that have their turn. */
  isTurn: boolean;
  /** Other entities lie in the same catalog file or folder. */
  isShared: boolean;
}

/**
 * Whose files are read from where the pass stands, in the order of their refs:
 * all that name some, all of which something is known, all on this machine, and
 * of the others those whose turn it is.
 */
export function planEntities(options: {
  entities: ObjectiveEntity[];
  cursor: FilesCursor & { pass: NonNullable<FilesCursor['pass']> };
  absent: Absent;
  now: number;
}): PlannedEntity[] {
  const { cursor, absent, now } = options;
  const { pass, keys } = cursor;
  const entities = [...options.entities].sort((a, b) =>
    a.ref < b.ref ? -1 : 1,
  );
  const neighbours = new Map<string, number>();
  for (const { location } of entities) {
    const folder = folderOf(location.target);
    neighbours.set(folder, (neighbours.get(folder) ?? 0) + 1);
  }
  const isAbsent = ({ ref, etag, named }: ObjectiveEntity) => {
    const known = absent.get(ref);
    return !named && known?.etag === etag && known.until > now;
  };
  const isAlways = ({ ref, named, location }: ObjectiveEntity) =>
    named !== undefined || ref in keys || location.type === 'file';
  const others = entities.filter(each => !isAlways(each) && !isAbsent(each));
  const turn = new Set(
    [
      ...others.filter(({ ref }) => ref > cursor.looked),
      ...others.filter(({ ref }) => ref <= cursor.looked),
    ]
      .slice(0, Math.max(0, MAX_LOOKED - pass.looked))
      .map(({ ref }) => ref),
  );
  return entities
    .filter(
      each =>
        each.ref > pass.at &&
        (turn.has(each.ref) || (isAlways(each) && !isAbsent(each))),
    )
    .map(each => ({
      ...each,
      isTurn: turn.has(each.ref),
      isShared: (neighbours.get(folderOf(each.location.target)) ?? 0) > 1,
    }));
}

function folderOf(target: string): string {
  return target.slice(0, target.lastIndexOf('/') + 1);
}
