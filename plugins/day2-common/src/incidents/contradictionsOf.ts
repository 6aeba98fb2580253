import type { Reason } from '../deployments/deployment';
import type {
  IncidentInstant,
  IncidentObservation,
  InstantName,
} from './incident';

const IN_ORDER: readonly (readonly [InstantName, InstantName])[] = [
  ['impactStartedAt', 'detectedAt'],
  ['detectedAt', 'acknowledgedAt'],
  ['detectedAt', 'resolvedAt'],
  ['impactStartedAt', 'mitigatedAt'],
  ['impactStartedAt', 'resolvedAt'],
  ['mitigatedAt', 'resolvedAt'],
];

const WORDS: Record<InstantName, string> = {
  impactStartedAt: 'the start of the impact',
  detectedAt: 'the detection',
  acknowledgedAt: 'the acknowledgement',
  mitigatedAt: 'the mitigation',
  resolvedAt: 'the end',
};

/** As many as anybody reads; the incident has all of its references. */
const MAX_NAMES = 5;

/**
 * What the tools and people say of an incident that cannot all be so: it is
 * left as it was said, and shown.
 *
 * @remarks That one tool detects or closes later than another is none: each
 * tells of itself. The start of the impact and its mitigation are one fact.
 *
 * @param options - `references`: earliest first; `toleranceMs`: by how much two
 * clocks may tell one fact apart
 */
export function contradictionsOf(options: {
  references: readonly IncidentObservation[];
  instants: Record<InstantName, IncidentInstant>;
  toleranceMs: number;
}): Reason[] {
  const { references, instants, toleranceMs } = options;
  return [
    ...differing(references, 'impactStartedAt', toleranceMs),
    ...differing(references, 'mitigatedAt', toleranceMs),
    ...openSomewhere(references, instants.resolvedAt),
    ...IN_ORDER.flatMap(([first, second]) => {
      const [before, after] = [instants[first].at, instants[second].at];
      return before !== undefined && after !== undefined && after < before
        ? [
            {
              code: 'out-of-order',
              text: `${WORDS[second]} (${iso(after)}) lies before ${
                WORDS[first]
              } (${iso(before)})`,
            },
          ]
        : [];
    }),
  ];
}

function differing(
  references: readonly IncidentObservation[],
  field: 'impactStartedAt' | 'mitigatedAt',
  toleranceMs: number,
): Reason[] {
  const told = references
    .flatMap(reference => {
      const at = reference[field];
      return at === undefined ? [] : [{ at, reference }];
    })
    .sort((a, b) => a.at - b.at);
  const last = told[told.length - 1];
  return told.length > 1 && last.at - told[0].at > toleranceMs
    ? [
        {
          code: `${
            field === 'mitigatedAt' ? 'mitigation' : 'impact-start'
          }-differs`,
          text: `Of ${WORDS[field]} ${nameOf(told[0].reference)} says ${iso(
            told[0].at,
          )}, ${nameOf(last.reference)} ${iso(last.at)}`,
        },
      ]
    : [];
}

function openSomewhere(
  references: readonly IncidentObservation[],
  resolved: IncidentInstant,
): Reason[] {
  const open = references.filter(each => each.resolvedAt === undefined);
  const names = [
    ...open.slice(0, MAX_NAMES).map(nameOf),
    ...(open.length > MAX_NAMES ? [`${open.length - MAX_NAMES} more`] : []),
  ].join(', ');
  if (open.length > 0 && resolved.at !== undefined) {
    return [
      {
        code: 'resolved-by-hand',
        text: `A person says that it is resolved; still open: ${names}`,
      },
    ];
  }
  return open.length > 0 && open.length < references.length
    ? [
        {
          code: 'open-elsewhere',
          text: `Resolved in some of its tools; still open: ${names}`,
        },
      ]
    : [];
}

function nameOf({ source, key }: IncidentObservation): string {
  return `${source} ${key}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
