import type {
  IncidentInstantRecord,
  IncidentRecord,
  IncidentReferenceRecord,
  OnCall,
  OperationOutput,
  SuspectRecord,
} from '@day2/backstage-plugin-day2-common';
import { anEntry, hoursAgo } from './records';

/** An instant as PagerDuty told it. */
export function anInstant(hours?: number): IncidentInstantRecord {
  return hours === undefined
    ? { words: [] }
    : {
        at: hoursAgo(hours),
        words: [
          {
            at: hoursAgo(hours),
            origin: {
              kind: 'reference',
              source: 'pagerduty:main',
              key: 'PD1',
              title: 'PagerDuty',
            },
          },
        ],
      };
}

export function aReference(
  over: Partial<IncidentReferenceRecord> = {},
): IncidentReferenceRecord {
  return {
    source: 'pagerduty:main',
    sourceTitle: 'PagerDuty',
    key: 'PD1',
    tool: 'pagerduty',
    kind: 'incident',
    title: 'Captures fail',
    url: 'https://pagerduty.example/incidents/PD1',
    environment: 'production',
    detectedAt: hoursAgo(2.7),
    words: [{ field: 'urgency', word: 'high' }],
    runbook: 'https://runbooks.example/captures',
    ...over,
  };
}

export function anAlert(
  over: Partial<IncidentReferenceRecord> = {},
): IncidentReferenceRecord {
  return aReference({
    source: 'alertmanager:main',
    sourceTitle: 'Alertmanager',
    key: 'fp-1',
    tool: 'alertmanager',
    kind: 'alert',
    title: 'CaptureErrors',
    url: 'https://alerts.example/fp-1',
    detectedAt: hoursAgo(2.75),
    words: [{ field: 'severity', word: 'critical' }],
    runbook: undefined,
    ...over,
  });
}

export function anIncident(over: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: 'inc-1',
    title: 'Captures fail',
    state: 'open',
    priority: 2,
    impact: 'high',
    urgency: 'medium',
    priorityReasons: [
      { code: 'matrix', text: 'Impact high and urgency medium make P2' },
    ],
    services: [
      { ref: 'component:default/payments-api', title: 'payments-api' },
    ],
    hidden: 0,
    environments: ['production'],
    startedAt: hoursAgo(2.8),
    instants: {
      impactStartedAt: anInstant(2.8),
      detectedAt: anInstant(2.7),
      acknowledgedAt: anInstant(2.6),
      mitigatedAt: anInstant(),
      resolvedAt: anInstant(),
    },
    times: {
      detect: { value: 360, unit: 'seconds', n: 1 },
      acknowledge: { value: 360, unit: 'seconds', n: 1 },
      restore: { unit: 'seconds', n: 0, reason: 'It is not mitigated yet' },
    },
    references: [anAlert(), aReference()],
    reopened: [],
    contradictions: [],
    suspect: {
      id: 'dep-1',
      kind: 'deployment',
      label: '2.41.0 in production',
      state: 'suspected',
      probability: 0.93,
    },
    asOf: hoursAgo(0.01),
    ...over,
  };
}

/** One that is over. */
export function aPastIncident(
  over: Partial<IncidentRecord> = {},
): IncidentRecord {
  return anIncident({
    id: 'inc-0',
    title: 'Refunds are slow',
    state: 'resolved',
    priority: 4,
    startedAt: hoursAgo(50),
    instants: {
      impactStartedAt: anInstant(50),
      detectedAt: anInstant(49.9),
      acknowledgedAt: anInstant(49.8),
      mitigatedAt: anInstant(49),
      resolvedAt: anInstant(48),
    },
    times: {
      detect: { value: 360, unit: 'seconds', n: 1 },
      acknowledge: { value: 360, unit: 'seconds', n: 1 },
      restore: { value: 3600, unit: 'seconds', n: 1 },
    },
    references: [aReference({ key: 'PD0', resolvedAt: hoursAgo(48) })],
    suspect: undefined,
    ...over,
  });
}

export function aSuspect(over: Partial<SuspectRecord> = {}): SuspectRecord {
  return {
    id: 'dep-1',
    kind: 'deployment',
    service: { ref: 'component:default/payments-api', title: 'payments-api' },
    label: '2.41.0 in production',
    at: hoursAgo(3),
    environment: 'production',
    state: 'suspected',
    hops: 0,
    score: 4.1,
    probability: 0.93,
    factors: [
      {
        factor: 'time',
        logOdds: 2.5,
        reason: { code: 'near', text: 'It finished 12 min before the impact' },
      },
      {
        factor: 'errors',
        logOdds: -0.4,
        reason: { code: 'rise', text: 'Errors rose a little after it' },
      },
    ],
    reasons: [],
    ...over,
  };
}

export function someOnCall(over: Partial<OnCall> = {}): OnCall {
  return {
    person: { id: 'p-kim', name: 'Kim' },
    level: 1,
    schedule: 'Payments primary',
    until: hoursAgo(-6),
    source: 'pagerduty:main',
    url: 'https://pagerduty.example/schedules/S1',
    ...over,
  };
}

/** The answer to an incident's own page. */
export function anIncidentAnswer(
  over: Partial<OperationOutput<'getIncident'>> = {},
): OperationOutput<'getIncident'> {
  return {
    incident: anIncident(),
    suspects: [
      aSuspect(),
      aSuspect({
        id: 'chg-1',
        kind: 'change',
        label: 'Retry card captures once',
        state: 'candidate',
        probability: 0.04,
        hops: 1,
        at: hoursAgo(20),
        factors: [],
      }),
    ],
    noChange: {
      state: 'candidate',
      probability: 0.03,
      reasons: [
        { code: 'prior', text: 'One in five has no change as its cause' },
      ],
    },
    fixes: [],
    hiddenSuspects: 1,
    before: [anEntry()],
    onCall: [someOnCall()],
    runbooks: ['https://runbooks.example/captures'],
    said: [],
    canEdit: true,
    asOf: hoursAgo(0.01),
    ...over,
  };
}
