import type { Reason } from '../deployments/deployment';
import { nameIn } from './nameIn';
import type {
  FactorName,
  SuspectCandidate,
  SuspectedIncident,
  SuspectFactor,
} from './suspect';
import type { SuspectRules } from './suspectRules';

/** What the factors look at. */
export interface FactorInput {
  candidate: SuspectCandidate;
  incident: SuspectedIncident;
  /** Steps from a service that is hit. */
  hops?: number;
  rules: SuspectRules;
}

/**
 * What each factor adds to a candidate's score; one of which nothing is known
 * adds 0 and says so.
 */
export function factorsOf(input: FactorInput): SuspectFactor[] {
  return [
    factor('time', timeOf(input)),
    factor('graph', graphOf(input)),
    factor('risk', riskOf(input)),
    factor('errors', errorsOf(input)),
    factor('text', textOf(input)),
  ];
}

type Part = [logOdds: number, code: string, text: string];

/**
 * How much likelier the time between is for a cause than for what merely lies
 * within the look-back: causes show after an exponential time, a share of them
 * late.
 */
function timeOf({ candidate, incident, rules }: FactorInput): Part {
  const { startedAt, finishedAt } = candidate;
  const start = incident.impactKnown ? 'the impact started' : 'it was detected';
  if (startedAt > incident.startedAt) {
    return [0, 'time-after', `It came after ${start}`];
  }
  if (finishedAt === undefined || finishedAt > incident.startedAt) {
    return incident.startedAt - startedAt > rules.lookBackMs
      ? [0, 'time-long', `It was being rolled out for long when ${start}`]
      : [
          rules.time.inProgress,
          'time-in-progress',
          `It was being rolled out when ${start}`,
        ];
  }
  const gap = incident.startedAt - finishedAt;
  const text = `It finished ${lengthOf(gap)} before ${start}`;
  if (gap > rules.lookBackMs) {
    return [0, 'time-beyond', `${text}, beyond the look-back`];
  }
  const { meanMs, late } = rules.time;
  const ratio =
    (1 - late) * (rules.lookBackMs / meanMs) * Math.exp(-gap / meanMs) + late;
  return [Math.log(ratio), 'time', text];
}

function graphOf({ hops, rules }: FactorInput): Part {
  const logOdds = hops === undefined ? undefined : rules.graph[hops];
  if (hops === undefined || logOdds === undefined) {
    return [0, 'graph-unknown', 'No dependency on its service is known'];
  }
  return hops === 0
    ? [logOdds, 'graph-own', 'It is of a service that is hit']
    : [
        logOdds,
        'graph-dependency',
        `It is of a service that what is hit depends on, ${hops} ${
          hops === 1 ? 'step' : 'steps'
        } away`,
      ];
}

function riskOf({ candidate: { risk }, rules }: FactorInput): Part {
  return risk
    ? [rules.risk[risk], `risk-${risk}`, `Its risk is ${risk}`]
    : [0, 'risk-unknown', 'Its risk is not known'];
}

function errorsOf({ candidate: { errors }, rules }: FactorInput): Part {
  if (!errors) {
    return [0, 'errors-unknown', 'What errors did after it is not known'];
  }
  const { floor, least, most } = rules.errors;
  const rise = Math.log((errors.after + floor) / (errors.before + floor));
  // No rise speaks against it: a cause would show one.
  const logOdds = Math.max(least, Math.min(most, rise + least));
  return [
    logOdds,
    logOdds > 0 ? 'errors-rose' : 'errors-same',
    `Errors went from ${shareOf(errors.before)} to ${shareOf(
      errors.after,
    )} after it`,
  ];
}

function textOf({ candidate, incident, rules }: FactorInput): Part {
  for (const text of incident.texts) {
    const name = nameIn(text, candidate.names);
    if (name !== undefined) {
      return [rules.text.named, 'text-names', `The incident names ${name}`];
    }
  }
  return [0, 'text-silent', 'The incident does not name it'];
}

function factor(name: FactorName, [logOdds, code, text]: Part): SuspectFactor {
  const reason: Reason = { code, text };
  return { factor: name, logOdds, reason };
}

function shareOf(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.round(minutes / 6) / 10;
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 2.4) / 10} d`;
}
