import type {
  IncidentReference,
  InstantName,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import type { SuspectBody } from '../suspects/suspectDecisions';
import type { IncidentSaidRow } from './incidentRows';
import type { GroupingBody, OverrideBody } from './saidStore';

const HAPPENED: Record<InstantName, string> = {
  impactStartedAt: 'The impact started',
  detectedAt: 'It was detected',
  acknowledgedAt: 'It was acknowledged',
  mitigatedAt: 'It was mitigated',
  resolvedAt: 'It was resolved',
};

const NOT_YET: Record<InstantName, string> = {
  impactStartedAt: 'It is not known when the impact started',
  detectedAt: 'It was not detected',
  acknowledgedAt: 'It was not acknowledged',
  mitigatedAt: 'It was not mitigated',
  resolvedAt: 'It was not resolved',
};

/**
 * What a person said of an incident, in a sentence.
 *
 * @param options - `nameOf`: of a reference; `labelOf`: of a candidate
 */
export function saidInWords(
  row: Pick<IncidentSaidRow, 'kind' | 'body'>,
  options: {
    nameOf: (reference: IncidentReference) => string;
    labelOf: (candidateId: string) => string;
  },
): string {
  switch (row.kind) {
    case 'override':
      return overrideInWords(JSON.parse(row.body) as OverrideBody);
    case 'grouping': {
      const { kind, left, right } = JSON.parse(row.body) as GroupingBody;
      const names = (side: readonly IncidentReference[]) =>
        side.map(options.nameOf).join(', ');
      return kind === 'together'
        ? `${names(left)} and ${names(right)} are one incident`
        : `${names(left)} and ${names(right)} are not one incident`;
    }
    default: {
      const { candidateId, verdict } = JSON.parse(row.body) as SuspectBody;
      return suspectInWords(options.labelOf(candidateId), candidateId, verdict);
    }
  }
}

/** A word on a field, in a sentence. */
export function overrideInWords({ field, value }: OverrideBody): string {
  switch (field) {
    case 'impact':
    case 'urgency':
      return `Its ${field} is ${value}`;
    case 'priority':
      return `It is P${value}`;
    case 'title':
      return `It is called “${value}”`;
    default:
      return value === undefined
        ? NOT_YET[field]
        : `${HAPPENED[field]} ${iso(Number(value))}`;
  }
}

/** A word on a suspect, in a sentence. */
export function suspectInWords(
  label: string,
  candidateId: string,
  verdict: SuspectBody['verdict'],
): string {
  if (candidateId === 'none') {
    return verdict === 'confirmed'
      ? 'No change caused it'
      : 'A change caused it';
  }
  return verdict === 'confirmed'
    ? `${label} caused it`
    : `${label} did not cause it`;
}
