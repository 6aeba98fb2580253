import { InputError } from '@backstage/errors';
import type {
  IncidentRecord,
  IncidentReference,
} from '@day2/backstage-plugin-day2-common';
import {
  incidentIdOf,
  type StoredIncident,
  type StoredReference,
} from './incidentRows';
import type { GroupingBody } from './saidStore';

/** More are not looked through by anybody. */
const MAX_PAIRS = 50_000;

/** A person's word on which references are of one incident. */
export interface Grouping {
  /** The reference whose incident it is of. */
  of: IncidentReference;
  about: IncidentReference[];
  body: GroupingBody;
  done: string;
  /** One of those that are split off. */
  splitOff?: IncidentReference;
}

/**
 * Two incidents are one: each reference of them is with the first one.
 *
 * @param shown - both as the caller sees them: nothing else is told
 */
export function togetherOf(
  incidents: readonly StoredIncident[],
  shown: readonly IncidentRecord[],
): Grouping {
  const about = incidents.flatMap(({ references }) => references.map(name));
  const [first, ...others] = about;
  const count = shown.reduce(
    (sum, { references }) => sum + references.length,
    0,
  );
  return {
    of: first,
    about,
    body: { kind: 'together', left: [first], right: others },
    done: `Merged: ${shown
      .map(({ title }) => `“${title}”`)
      .join(' and ')} are one incident of ${count} references`,
  };
}

/**
 * Some references of an incident are not of it.
 *
 * @param options - `visible`: those that the caller may see
 * @throws InputError where nothing would be left, or one is not of it
 */
export function splitOf(options: {
  incident: StoredIncident;
  visible: readonly StoredReference[];
  chosen: readonly IncidentReference[];
}): Grouping {
  const { incident } = options;
  const mine = new Map(
    options.visible.map(each => [incidentIdOf(each), name(each)]),
  );
  const ids = new Set(options.chosen.map(incidentIdOf));
  for (const each of options.chosen) {
    if (!mine.has(incidentIdOf(each))) {
      throw new InputError(
        `body.references: ${each.key} of ${each.source} is none of this incident; take them from its references`,
      );
    }
  }
  const left = [...ids].map(id => mine.get(id) as IncidentReference);
  const right = incident.references
    .filter(each => !ids.has(incidentIdOf(each)))
    .map(name);
  if (right.length === 0) {
    throw new InputError(
      'body.references: these are all of the incident; leave at least one in it',
    );
  }
  if (left.length * right.length > MAX_PAIRS) {
    throw new InputError(
      'body.references: these are too many at once; split off fewer',
    );
  }
  return {
    of: right[0],
    about: [...left, ...right],
    body: { kind: 'apart', left, right },
    splitOff: left[0],
    done: `Split: ${left.length} of ${options.visible.length} references ${
      left.length === 1 ? 'is' : 'are'
    } not of this incident`,
  };
}

function name({ source, key }: IncidentReference): IncidentReference {
  return { source, key };
}
