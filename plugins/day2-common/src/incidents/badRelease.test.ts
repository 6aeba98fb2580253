import { minutes, observations } from './__testUtils__/observations';
import type { SuspectCandidate } from './suspect';
import {
  incidentFailureOf,
  incidentReworkOf,
  incidentsOf,
  incidentTimesOf,
  linkedIncidentsOf,
  servicesWithin,
  suspectedIncidentOf,
  suspectsOf,
} from '.';

const dependsOn = new Map([['a', ['b']]]);

/** Version 2 of `a` from 100 on; version 1 is put back at 140. */
function deployments(now: number): SuspectCandidate[] {
  const deployment = (
    id: string,
    serviceId: string,
    at: number,
  ): SuspectCandidate => ({
    id,
    kind: 'deployment',
    serviceId,
    environment: 'production',
    label: id,
    names: [id],
    startedAt: minutes(at - 2),
    finishedAt: minutes(at),
  });
  const rollback = {
    how: 'rollback' as const,
    id: 'a-1-again',
    label: 'a 1 again',
    at: minutes(140),
  };
  const back = now >= 140;
  return [
    { ...deployment('b-7', 'b', 40), risk: 'low' as const },
    {
      ...deployment('a-2', 'a', 100),
      errors: { before: 0.001, after: 0.08 },
      undone: back ? [rollback] : [],
    },
    ...(back ? [deployment('a-1-again', 'a', 140)] : []),
  ];
}

/** What is known at a minute of the story. */
function knownAt(now: number, text: string) {
  const incidents = incidentsOf({ observations: observations(text) });
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  const verdict = suspectsOf({
    incident: suspectedIncidentOf(incident),
    candidates: deployments(now),
    hops: servicesWithin({ of: incident.services, dependsOn }),
  });
  const links = linkedIncidentsOf({
    incidents: [{ id: 'i1', incident, verdict }],
  });
  const failure = incidentFailureOf({
    finishedAt: minutes(100),
    incidents: links.causedBy.get('a-2') ?? [],
  });
  const of = links.mendedBy.get('a-1-again') ?? [];
  return { incident, verdict, failure, rework: incidentReworkOf(of) };
}

it('while it lasts the bad release is suspected, and its recovery is open', () => {
  const { incident, verdict, failure, rework } = knownAt(
    120,
    'am burn 110- e=production\npd 1 112- ack@115',
  );
  expect(incident.references).toHaveLength(2);
  expect(incident.state).toBe('open');
  expect(
    verdict.suspects.map(({ id, state, hops }) => `${id} ${state} ${hops}`),
  ).toEqual(['a-2 suspected 0', 'b-7 candidate 1']);
  expect(
    verdict.suspects[0].factors
      .filter(({ logOdds }) => logOdds > 0)
      .map(({ reason }) => reason.text),
  ).toEqual([
    'It finished 10 min before it was detected',
    'It is of a service that is hit',
    'Errors went from 0.1 % to 8 % after it',
  ]);
  expect(failure).toMatchObject({
    isFailed: true,
    reasons: [{ code: 'incident-suspected' }],
    recovery: { how: 'open', failureStartedAt: minutes(100) },
  });
  expect(rework).toEqual([]);
});

it('its rollback confirms it, ends it and is rework', () => {
  const { incident, verdict, failure, rework } = knownAt(
    200,
    'am burn 110-145 e=production\npd 1 112-180 ack@115',
  );
  expect(incident.state).toBe('resolved');
  expect(incidentTimesOf(incident)).toEqual({
    detect: { missing: 'not-told' },
    acknowledge: { value: 300 },
    restore: { value: 35 * 60 },
  });
  expect(verdict.suspects.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'a-2 confirmed',
    'b-7 candidate',
  ]);
  expect(verdict.fixes.map(({ id }) => id)).toEqual(['a-1-again']);
  // From its finish, as nobody tells when the impact started, to the alert's end.
  expect(failure).toMatchObject({
    isFailed: true,
    reasons: [{ code: 'incident-confirmed' }],
    recovery: { how: 'incident', seconds: 45 * 60, incidentId: 'i1' },
  });
  expect(rework.map(({ code }) => code)).toEqual(['fixes-incident']);
});
