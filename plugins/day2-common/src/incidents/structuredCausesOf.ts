import type { Reason } from '../deployments/deployment';
import { compareText } from './compareText';
import { isNamed } from './nameIn';
import type { SuspectCandidate, SuspectedIncident } from './suspect';
import type { SuspectRules } from './suspectRules';

const WORDS = {
  rollback: (label: string): Reason => ({
    code: 'rolled-back',
    text: `It was rolled back, while the incident lasted or shortly after: ${label}`,
  }),
  revert: (label: string): Reason => ({
    code: 'reverted',
    text: `A commit of it was reverted, while the incident lasted or shortly after: ${label}`,
  }),
  'analysis-run': (label: string): Reason => ({
    code: 'analysis-failed',
    text: `The analysis of its roll-out failed: ${label}`,
  }),
};

/** What is said of candidates in fields made for it, by the candidate's id. */
export interface StructuredCauses {
  causes: Map<string, Reason[]>;
  fixes: Map<string, Reason[]>;
}

/**
 * Which candidates the records themselves tell to be the cause, and which the
 * fix: a cause field that names it, a rollback of it or a revert of its commit
 * while the incident lasted or shortly after, a failed analysis of its roll-out.
 * Only a cause field reaches beyond the look-back, the dependencies and the
 * environment.
 *
 * @remarks A name that several have means the nearest, of these the last that
 * came before the start. What came after it is a fix. What took back something
 * that a person says is not the cause mends nothing.
 *
 * @param options - `isOverruled`: whether a person says so of a candidate
 */
export function structuredCausesOf(options: {
  candidates: readonly SuspectCandidate[];
  incident: SuspectedIncident;
  hops: ReadonlyMap<string, number>;
  rules: SuspectRules;
  isOverruled: (id: string) => boolean;
}): StructuredCauses {
  const { candidates, incident } = options;
  const found: StructuredCauses = { causes: new Map(), fixes: new Map() };
  for (const cause of incident.causes) {
    const named = candidates
      .filter(({ id, names }) => isNamed(cause.name, [id, ...names]))
      .sort((a, b) => compareNamed(a, b, options));
    const [first] = named;
    if (first) {
      const before = first.startedAt <= incident.startedAt;
      note(before ? found.causes : found.fixes, first.id, {
        code: before ? 'cause-field' : 'named-after-start',
        text: before
          ? `${cause.field} of the incident names it`
          : `${cause.field} of the incident names it, and it came after the start: a fix, not a cause`,
      });
    }
  }
  for (const candidate of candidates) {
    noteUndone(candidate, options, found);
  }
  return found;
}

function noteUndone(
  candidate: SuspectCandidate,
  options: {
    incident: SuspectedIncident;
    hops: ReadonlyMap<string, number>;
    rules: SuspectRules;
    isOverruled: (id: string) => boolean;
  },
  found: StructuredCauses,
): void {
  const { incident, hops, rules } = options;
  if (
    !hops.has(candidate.serviceId) ||
    !isWithinReach(candidate, incident, rules)
  ) {
    return;
  }
  const last = (incident.resolvedAt ?? Infinity) + rules.undoneWithinMs;
  for (const { how, id, label, at } of candidate.undone ?? []) {
    const first =
      incident.startedAt - (how === 'analysis-run' ? rules.undoneWithinMs : 0);
    if (at < first || at > last) {
      continue;
    }
    note(found.causes, candidate.id, WORDS[how](label));
    if (id !== undefined && !options.isOverruled(candidate.id)) {
      note(found.fixes, id, {
        code: how,
        text:
          how === 'revert'
            ? `It reverts a commit of ${candidate.label}`
            : `It rolled back ${candidate.label}`,
      });
    }
  }
}

/**
 * It began before the start, was under way or had finished within the look-back,
 * and is not known to be of another environment.
 */
export function isWithinReach(
  { startedAt, finishedAt, environment }: SuspectCandidate,
  incident: SuspectedIncident,
  { lookBackMs }: SuspectRules,
): boolean {
  return (
    startedAt <= incident.startedAt &&
    (finishedAt ?? Infinity) >= incident.startedAt - lookBackMs &&
    (environment === undefined ||
      incident.environments.length === 0 ||
      incident.environments.includes(environment))
  );
}

/** What came before the start first; the nearest; of these the closest in time. */
function compareNamed(
  a: SuspectCandidate,
  b: SuspectCandidate,
  options: { incident: SuspectedIncident; hops: ReadonlyMap<string, number> },
): number {
  const { incident, hops } = options;
  const after = ({ startedAt }: SuspectCandidate) =>
    startedAt > incident.startedAt ? 1 : 0;
  const steps = ({ serviceId }: SuspectCandidate) =>
    hops.get(serviceId) ?? Number.MAX_SAFE_INTEGER;
  const far = ({ startedAt }: SuspectCandidate) =>
    Math.abs(startedAt - incident.startedAt);
  return (
    after(a) - after(b) ||
    steps(a) - steps(b) ||
    far(a) - far(b) ||
    compareText(a.id, b.id)
  );
}

function note(map: Map<string, Reason[]>, id: string, reason: Reason): void {
  const known = map.get(id) ?? [];
  if (!known.some(({ text }) => text === reason.text)) {
    map.set(id, [...known, reason]);
  }
}
