import { servicesWithin } from '../servicesWithin';
import type {
  SuspectCandidate,
  SuspectDecision,
  SuspectedIncident,
  Undoing,
} from '../suspect';
import { minutes } from './observations';

/** Of the incident, in minutes. */
export const START = 6000;
/** `cart` is hit; `feed` is three steps away. */
export const hops = servicesWithin({
  of: ['cart'],
  dependsOn: new Map([
    ['cart', ['price', 'bank']],
    ['price', ['rates', 'cart']],
    ['rates', ['feed']],
  ]),
});

/** It began at `START`. */
export const incident = (
  more: Partial<SuspectedIncident> = {},
): SuspectedIncident => ({
  startedAt: minutes(START),
  impactKnown: true,
  environments: [],
  texts: ['Errors in checkout'],
  causes: [],
  ...more,
});

/** A deployment of cart that took two minutes, `before` the start. */
export const candidate = (
  id: string,
  before: number,
  more: Partial<SuspectCandidate> = {},
): SuspectCandidate => ({
  id,
  kind: 'deployment',
  serviceId: 'cart',
  label: `cart ${id}`,
  names: [`${id}.0.1`],
  startedAt: minutes(START - before - 2),
  finishedAt: minutes(START - before),
  ...more,
});

/** What took it back, `after` the start. */
export const undone = (
  how: Undoing['how'],
  after: number,
  id: string | undefined = 'fix',
): Undoing => ({
  how,
  ...(id && { id }),
  label: 'cart 1.0.0 again',
  at: minutes(START + after),
});

/** What ann says. */
export const word = (
  candidateId: string,
  verdict: SuspectDecision['verdict'],
  at = 0,
): SuspectDecision => ({ candidateId, verdict, by: 'ann', at });
