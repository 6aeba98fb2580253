import { compareText } from './compareText';
import type {
  IncidentInstant,
  IncidentObservation,
  IncidentOverride,
  InstantName,
  InstantWord,
} from './incident';
import { lastWordFirst, referenceIdOf } from './incidentReference';
import type { OpenPeriod } from './periodsOf';

type InstantOverride = Extract<IncidentOverride, { field: InstantName }>;

const NAMES: readonly InstantName[] = [
  'impactStartedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
];

type Combine = (
  words: InstantWord[],
  periods: readonly OpenPeriod[],
) => InstantWord | undefined;

const earliest: Combine = words => [...words].sort(compareWords)[0];
const latest: Combine = words => [...words].sort(compareWords).pop();

const COMBINE: Record<InstantName, Combine> = {
  impactStartedAt: earliest,
  detectedAt: earliest,
  acknowledgedAt: earliest,
  mitigatedAt: (words, periods) => {
    const last = latest(words, periods);
    const at = last?.at ?? -Infinity;
    const firing = periods.some(
      ({ to, reference }) => reference.kind === 'alert' && to === Infinity,
    );
    return firing || periods.some(({ from }) => from > at) ? undefined : last;
  },
  resolvedAt: (words, periods) =>
    periods.some(({ to }) => to === Infinity)
      ? undefined
      : latest(words, periods),
};

/**
 * The five instants of an incident from what its references say of them.
 *
 * @remarks The impact started, was detected and was acknowledged when the first
 * tool says so. It was mitigated when the last of those that tell of it says
 * so: where an alert ended, so did what it measures. It is not while an alert
 * fires, nor where something opened afterwards. It is resolved when all of them
 * are, by the last. A person's last word stands above all, but of the mitigation
 * and the end only until something opens that it did not know of, or where it
 * says that there was none, until tools tell one that came after it.
 *
 * @param options - `references`: earliest first; `periods`: theirs, by start
 */
export function instantsOf(options: {
  references: readonly IncidentObservation[];
  periods: readonly OpenPeriod[];
  overrides: readonly IncidentOverride[];
}): Record<InstantName, IncidentInstant> {
  const { periods } = options;
  const instant = (field: InstantName): IncidentInstant => {
    const told = options.references.flatMap(reference =>
      wordOf(field, reference),
    );
    const said = options.overrides
      .filter((each): each is InstantOverride => each.field === field)
      .sort(lastWordFirst);
    const spoken = said.map(({ value, by, at, why }): InstantWord => {
      const origin = { kind: 'person' as const, by, at, ...(why && { why }) };
      return value === undefined ? { origin } : { at: value, origin };
    });
    const byTools = COMBINE[field](told, periods);
    const standing =
      said.length > 0 && !isOutdated(said[0], { periods, told: byTools?.at })
        ? spoken[0]
        : byTools;
    return { ...standing, words: [...told, ...spoken].sort(compareWords) };
  };
  return Object.fromEntries(NAMES.map(name => [name, instant(name)])) as Record<
    InstantName,
    IncidentInstant
  >;
}

/**
 * Something opened after it was said that all was over; or a tool told an end
 * that came after it was said that it is not.
 */
export function isOutdated(
  { field, value, at }: InstantOverride,
  options: {
    periods: readonly OpenPeriod[];
    /** What the tools tell of the field. */
    told?: number;
  },
): boolean {
  if (field !== 'mitigatedAt' && field !== 'resolvedAt') {
    return false;
  }
  return value === undefined
    ? (options.told ?? -Infinity) > at
    : options.periods.some(({ from }) => from > Math.max(at, value));
}

function wordOf(
  field: InstantName,
  reference: IncidentObservation,
): InstantWord[] {
  const { source, key } = reference;
  const ended =
    field === 'mitigatedAt' && reference.kind === 'alert'
      ? reference.resolvedAt
      : undefined;
  const at = reference[field] ?? ended;
  return at === undefined
    ? []
    : [{ at, origin: { kind: 'reference', source, key } }];
}

function compareWords(a: InstantWord, b: InstantWord): number {
  return (
    (a.at ?? Infinity) - (b.at ?? Infinity) || compareText(nameOf(a), nameOf(b))
  );
}

function nameOf({ origin }: InstantWord): string {
  return origin.kind === 'reference'
    ? `0${referenceIdOf(origin)}`
    : `1${JSON.stringify(origin)}`;
}
