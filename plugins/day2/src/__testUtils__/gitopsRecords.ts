import type {
  ApplicationState,
  FleetRow,
  FleetState,
} from '@day2/backstage-plugin-day2-common';
import { aService, hoursAgo } from './records';

const wanted = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';

export function anApplication(
  over: Partial<ApplicationState> = {},
): ApplicationState {
  return {
    id: 'app-1',
    name: 'payments-api-eu-1',
    project: 'payments',
    serviceRefs: ['component:default/payments-api'],
    environment: 'production',
    target: 'eu-1',
    sync: 'synced',
    syncReasons: [],
    failing: false,
    pruneOnly: false,
    health: 'healthy',
    automated: true,
    selfHeal: true,
    origins: [
      {
        repository: 'https://git.example/tern-gitops',
        path: 'apps/payments-api/production',
        targetRevision: 'main',
        desiredRevision: wanted,
        desiredUrl: 'https://git.example/tern-gitops/commit/1a2b3c4d',
        syncedRevision: wanted,
        syncedUrl: 'https://git.example/tern-gitops/commit/1a2b3c4d',
        mirrored: true,
      },
    ],
    operation: {
      phase: 'succeeded',
      startedAt: hoursAgo(3.1),
      finishedAt: hoursAgo(3),
      automated: true,
      revisions: [wanted],
    },
    conditions: [],
    resources: [],
    resourceCount: 0,
    images: ['registry.example/payments-api:2.41.0'],
    syncedAt: hoursAgo(3),
    comparedAt: hoursAgo(0.05),
    asOf: hoursAgo(0.01),
    stale: false,
    source: { id: 'argocd:main', title: 'Argo CD main' },
    url: 'https://argocd.example/applications/payments-api-eu-1',
    ...over,
  };
}

/** One that somebody changed by hand on the cluster. */
export function aDriftedApplication(
  over: Partial<ApplicationState> = {},
): ApplicationState {
  return anApplication({
    id: 'app-2',
    name: 'payments-api-us-1',
    target: 'us-1',
    sync: 'drifted',
    syncReasons: [
      {
        code: 'same-fingerprint',
        text: 'Git asks for what was synced last, and 1 resource differs.',
      },
    ],
    health: 'degraded',
    healthMessage: 'Deployment payments-api: 2 of 3 replicas are ready.',
    selfHeal: false,
    resources: [
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'payments',
        name: 'payments-api',
        sync: 'out-of-sync',
        health: 'degraded',
        requiresPruning: false,
      },
    ],
    resourceCount: 1,
    ...over,
  });
}

export function aFleetState(over: Partial<FleetState> = {}): FleetState {
  return { state: 'ok', headline: 'Synced', ...over };
}

export function aFleetRow(over: Partial<FleetRow> = {}): FleetRow {
  const empty = aFleetState({
    state: 'empty',
    headline: 'Not set up',
    why: 'No source tells of this yet.',
  });
  return {
    service: aService(),
    version: '2.41.0',
    deployedAt: hoursAgo(3),
    sync: aFleetState(),
    objectives: empty,
    incidents: empty,
    changes: aFleetState({ headline: '14 changes', at: hoursAgo(3) }),
    cost: empty,
    ...over,
  };
}
