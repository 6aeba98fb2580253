import type {
  Change,
  Deployment,
  Service,
  ServiceSummary,
  SourceStatus,
  TimelineEntry,
  WhyEmpty,
} from '@day2/backstage-plugin-day2-common';

/** The instant the fixtures speak of. */
export const now = Date.parse('2026-11-20T12:00:00Z');

/** An instant some hours before {@link now}. */
export function hoursAgo(hours: number): string {
  return new Date(now - hours * 3_600_000).toISOString();
}

export function aService(over: Partial<Service> = {}): Service {
  return {
    id: 'svc-1',
    ref: 'component:default/payments-api',
    title: 'payments-api',
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/payments',
    system: 'system:default/payments',
    tier: 1,
    ...over,
  };
}

export function aDeployment(over: Partial<Deployment> = {}): Deployment {
  return {
    id: 'dep-1',
    serviceRef: 'component:default/payments-api',
    environment: 'production',
    version: '2.41.0',
    previousVersion: '2.40.3',
    finishedAt: hoursAgo(3),
    firstFinishedAt: hoursAgo(3.2),
    basis: 'desired',
    targets: [
      { name: 'eu-1', finishedAt: hoursAgo(3.2), rollout: 'succeeded' },
      { name: 'us-1', finishedAt: hoursAgo(3), rollout: 'succeeded' },
    ],
    rollout: 'succeeded',
    outcome: 'ok',
    outcomeReasons: [],
    unplanned: false,
    unplannedReasons: [],
    applicationRevision: {
      repository: 'payments-api',
      sha: '1a2b3c4d5e6f7a8b9c0d',
    },
    applicationRevisionNote: 'The tag 2.41.0 ends with this commit’s SHA.',
    carried: { count: 2, complete: true },
    actor: { id: 'p-ana', name: 'Ana', userRef: 'user:default/ana' },
    sources: [{ source: 'git:tern-gitops', key: 'abc123' }],
    ...over,
  };
}

export function aChange(over: Partial<Change> = {}): Change {
  return {
    id: 'chg-1',
    kind: 'code',
    title: 'Retry card captures once',
    message: 'Retry card captures once\n\nThe bank answers 502 at midnight.',
    at: hoursAgo(20),
    state: 'implemented',
    authors: [
      { id: 'p-ana', name: 'Ana', userRef: 'user:default/ana' },
      { id: 'p-kim', name: 'Kim' },
    ],
    repository: 'payments-api',
    sha: '1a2b3c4d5e6f7a8b9c0d',
    issueKeys: ['PAY-42'],
    isMerge: false,
    emergency: false,
    emergencyReasons: [],
    fields: [],
    fieldCount: 0,
    services: [
      {
        ref: 'component:default/payments-api',
        via: 'its source location',
      },
    ],
    deploymentIds: ['dep-1'],
    ...over,
  };
}

export function anEntry(over: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    id: `e-${over.recordId ?? 'dep-1'}`,
    kind: 'deployment',
    recordId: 'dep-1',
    at: hoursAgo(3),
    environment: 'production',
    title: '2.40.3 → 2.41.0',
    status: 'ok',
    flags: [],
    ...over,
  };
}

export const notConfigured: WhyEmpty = {
  reason: 'source-not-configured',
  text: 'No source tells of this yet.',
  fix: {
    text: 'Add a source to the configuration.',
    config: 'day2:\n  argocd: {}',
  },
};

export const nothingFound: WhyEmpty = {
  reason: 'nothing-found',
  text: 'No deployment was found in the last 14 days.',
};

/** The sources of each part; all are well but those of `over`. */
export function someParts(
  over: Partial<ServiceSummary['parts']> = {},
): ServiceSummary['parts'] {
  const fine = {
    total: 1,
    fine: 1,
    reading: [],
    problems: [],
    asOf: hoursAgo(0.01),
  };
  return {
    sync: fine,
    objectives: fine,
    incidents: fine,
    onCall: fine,
    deployments: fine,
    changes: fine,
    timeline: fine,
    ...over,
  };
}

export function aSummary(over: Partial<ServiceSummary> = {}): ServiceSummary {
  const empty = {
    state: 'empty' as const,
    headline: 'Not configured',
    figures: [],
    empty: notConfigured,
  };
  return {
    service: aService(),
    environment: 'production',
    environments: [
      { name: 'production', tier: 'production', hasData: true },
      { name: 'staging', tier: 'staging', hasData: true },
      { name: 'development', tier: 'development', hasData: false },
    ],
    from: hoursAgo(14 * 24),
    to: hoursAgo(0),
    asOf: hoursAgo(0.01),
    sources: { total: 2, fine: 2, reading: [], problems: [] },
    parts: someParts(),
    header: {
      runbook: 'https://runbooks.example/payments-api',
      support: [{ level: 'first', ref: 'group:default/payments' }],
      links: [{ title: 'Dashboard', url: 'https://grafana.example/d/1' }],
      running: [
        {
          environment: 'production',
          version: '2.41.0',
          since: hoursAgo(3),
          deploymentId: 'dep-1',
          targets: [
            { name: 'eu-1', version: '2.41.0', since: hoursAgo(3.2) },
            { name: 'us-1', version: '2.40.3', since: hoursAgo(90) },
          ],
        },
      ],
      lastKnownGood: {
        version: '2.40.3',
        deploymentId: 'dep-0',
        deployedAt: hoursAgo(90),
      },
    },
    tiles: {
      sync: empty,
      objectives: empty,
      incidents: empty,
      cost: empty,
      changes: {
        state: 'ok',
        headline: '14 changes',
        detail: '10 deployments, 1 urgent, 2 failed',
        at: hoursAgo(3),
        figures: [
          { value: 14, unit: 'changes', n: 14 },
          { value: 1, unit: 'emergency changes', n: 14 },
          { value: 10, unit: 'deployments', n: 10 },
          { value: 2, unit: 'failed deployments', n: 10 },
          { unit: 'share of failures', n: 2 },
        ],
        trend: [
          { from: hoursAgo(48), value: 2 },
          { from: hoursAgo(24), value: 5 },
        ],
      },
    },
    ...over,
  };
}

export function aSource(over: Partial<SourceStatus> = {}): SourceStatus {
  return {
    id: 'git:tern-gitops',
    type: 'git',
    title: 'tern-gitops',
    detail: 'gitops, main',
    state: 'ok',
    lastSuccessAt: hoursAgo(0.01),
    notices: [],
    lagSeconds: 36,
    everySeconds: 60,
    counts: { change: 320, deployment: 41 },
    skipped: {},
    quarantined: 0,
    ...over,
  };
}
