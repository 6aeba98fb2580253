import type { Reason } from '../deployments/deployment';
import { errorsFactor } from './errorsFactor';
import { lengthOf, type FactorPart as Part } from './factorPart';
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
    factor('errors', errorsFactor(input)),
    factor('text', textOf(input)),
  ];
}

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
