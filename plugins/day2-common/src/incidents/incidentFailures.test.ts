import { minutes, observations } from './__testUtils__/observations';
import {
  incidentFailureOf,
  incidentReworkOf,
  linkedIncidentsOf,
  type LinkedIncident,
} from './incidentFailures';
import { incidentsOf } from './incidentsOf';
import type { Suspect, SuspectState } from './suspect';

/** `5 30 60 7`: impact start, mitigated, resolved, detected, in minutes; `-`: not told. */
function linked(
  text: string,
  id = 'i1',
  state: LinkedIncident['state'] = 'confirmed',
): LinkedIncident {
  const [impact, mitigated, resolved, detected] = text
    .split(' ')
    .map(each => (each === '-' ? undefined : minutes(Number(each))));
  return {
    id,
    title: `Incident ${id}`,
    state,
    ...(impact === undefined ? {} : { impactStartedAt: impact }),
    ...(detected === undefined ? {} : { detectedAt: detected }),
    ...(mitigated === undefined ? {} : { mitigatedAt: mitigated }),
    ...(resolved === undefined ? {} : { resolvedAt: resolved }),
  };
}

// Of a deployment that finished at minute 10: seconds, how it ended, by which.
it.each<[string, LinkedIncident[], number | undefined, string]>([
  ['from the impact to the end', [linked('12 - 60')], 48 * 60, 'incident i1'],
  [
    'from the impact to the mitigation',
    [linked('12 30 60')],
    18 * 60,
    'incident i1',
  ],
  [
    'without an impact from its finish',
    [linked('- 30 60')],
    20 * 60,
    'incident i1',
  ],
  [
    'without an impact from its detection before the last target had it',
    [linked('- 30 60 7')],
    23 * 60,
    'incident i1',
  ],
  [
    'without an impact from its finish, and it was detected later',
    [linked('- 30 60 14')],
    20 * 60,
    'incident i1',
  ],
  [
    'an impact that started after the detection, as somebody says',
    [linked('9 30 60 7')],
    21 * 60,
    'incident i1',
  ],
  [
    'of two the one that was detected before the finish',
    [linked('12 30 60'), linked('- - 40 6', 'i2')],
    34 * 60,
    'incident i2',
  ],
  [
    'an impact before the last target had it',
    [linked('8 30 60')],
    22 * 60,
    'incident i1',
  ],
  ['mitigated and not resolved', [linked('12 30 -')], 18 * 60, 'incident i1'],
  ['open', [linked('12 - -')], undefined, 'open i1'],
  [
    'of two from the first start to the last end',
    [linked('12 30 60'), linked('20 - 40', 'i2')],
    28 * 60,
    'incident i2',
  ],
  [
    'of two one is open',
    [linked('12 30 60'), linked('20 - -', 'i2')],
    undefined,
    'open i2',
  ],
  ['over before it began', [linked('- 5 60')], undefined, 'incident i1'],
])('recovery: %s', (_, incidents, seconds, ended) => {
  for (const told of [incidents, [...incidents].reverse()]) {
    const { isFailed, reasons, recovery } = incidentFailureOf({
      finishedAt: minutes(10),
      incidents: told,
    });
    expect(isFailed).toBe(true);
    expect(reasons.map(({ code }) => code)).toEqual(
      incidents.map(() => 'incident-confirmed'),
    );
    expect(recovery?.seconds).toBe(seconds);
    expect(`${recovery?.how} ${recovery?.incidentId}`).toBe(ended);
    expect(recovery?.anomaly).toBe(
      recovery?.how === 'incident' && seconds === undefined,
    );
  }
});

it('without an incident nothing failed', () => {
  expect(incidentFailureOf({ finishedAt: 0, incidents: [] })).toEqual({
    isFailed: false,
    reasons: [],
  });
});

it('says that a failure is only suspected', () => {
  const { reasons } = incidentFailureOf({
    finishedAt: 0,
    incidents: [linked('1 2 3', 'i1', 'suspected')],
  });
  expect(reasons).toEqual([
    {
      code: 'incident-suspected',
      text: 'It is suspected to have caused an incident: Incident i1',
    },
  ]);
});

function suspect(
  id: string,
  state: SuspectState,
  kind: Suspect['kind'] = 'deployment',
): Suspect {
  return {
    id,
    state,
    kind,
    serviceId: 'a',
    label: id,
    score: 0,
    probability: 0,
    factors: [],
    reasons: [],
  };
}

it('links are those confirmed and suspected, of deployments; two incidents are one failure', () => {
  const [one, two, three] = incidentsOf({
    observations: observations(
      'pd 1 10-60 imp@8 mit@30\npd 2 100-160 s=b\npd 3 200-260',
    ),
  });
  const fix = { id: 'd9', label: 'd9', reasons: [] };
  const incidents = [
    {
      id: 'i2',
      incident: two,
      verdict: { suspects: [suspect('d1', 'suspected')], fixes: [fix] },
    },
    {
      id: 'i1',
      incident: one,
      verdict: {
        suspects: [
          suspect('d1', 'confirmed'),
          suspect('d2', 'candidate'),
          suspect('d3', 'rejected'),
          suspect('c1', 'confirmed', 'change'),
        ],
        fixes: [],
      },
    },
    {
      id: 'i3',
      incident: three,
      verdict: { suspects: [suspect('d4', 'candidate')], fixes: [fix] },
    },
  ];
  const { causedBy, mendedBy } = linkedIncidentsOf({ incidents });
  expect([...causedBy.keys()]).toEqual(['d1']);
  expect(causedBy.get('d1')).toEqual([
    {
      id: 'i1',
      title: 'pd 1',
      state: 'confirmed',
      impactStartedAt: minutes(8),
      detectedAt: minutes(10),
      mitigatedAt: minutes(30),
      resolvedAt: minutes(60),
    },
    {
      id: 'i2',
      title: 'pd 2',
      state: 'suspected',
      detectedAt: minutes(100),
      resolvedAt: minutes(160),
    },
  ]);
  const failure = incidentFailureOf({
    finishedAt: minutes(5),
    incidents: causedBy.get('d1') ?? [],
  });
  expect(failure.isFailed).toBe(true);
  expect(failure.recovery?.seconds).toBe(155 * 60);
  expect(incidentReworkOf(mendedBy.get('d9') ?? [])).toEqual([
    {
      code: 'fixes-incident',
      text: 'It mends what caused an incident: pd 2',
    },
  ]);

  const confirmed = linkedIncidentsOf({ incidents, confirmedOnly: true });
  expect(confirmed.causedBy.get('d1')?.map(({ id }) => id)).toEqual(['i1']);
  expect(confirmed.mendedBy.size).toBe(0);
});
