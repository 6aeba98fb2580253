import type {
  ApplicationState,
  FleetRow,
} from '@day2/backstage-plugin-day2-common';
import type { Answers } from '../src/__testUtils__/fakeApi';
import {
  aDriftedApplication,
  aFleetRow,
  aFleetState,
  anApplication,
} from '../src/__testUtils__/gitopsRecords';
import { aService } from '../src/__testUtils__/records';

const hour = 3_600_000;

/** Applications and a fleet of 10,000 that live in the browser. */
export function fakeGitops(options: {
  mood: () => string;
  guard: <T>(answer: () => T) => T;
}): Answers {
  const { guard, mood } = options;
  const ago = (hours: number) =>
    new Date(Date.now() - hours * hour).toISOString();
  const asOf = () => ago(12 / 3600);
  const fleet = Array.from({ length: 10_000 }, (_, index) =>
    fleetRow(index, ago),
  );
  return {
    listEnvironments: () => ({
      asOf: asOf(),
      items: [
        { name: 'production', tier: 'production' },
        { name: 'staging', tier: 'staging' },
      ],
    }),
    getServiceGitops: () =>
      guard(() => {
        const items = mood() === 'empty' ? [] : applications(ago);
        return {
          items,
          asOf: asOf(),
          running: items.length === 0 ? [] : running(ago),
          empty:
            items.length === 0
              ? {
                  reason: 'source-not-configured' as const,
                  text: 'No Argo CD is configured, so nothing tells what runs.',
                  fix: {
                    text: 'Add an instance to the configuration.',
                    config:
                      'day2:\n  argocd:\n    instances:\n      - name: main\n        url: https://argocd.example',
                    docs: 'docs/argocd.md',
                  },
                }
              : undefined,
        };
      }),
    listFleet: ({ query }) =>
      guard(() => {
        const found =
          mood() === 'empty'
            ? []
            : fleet.filter(
                ({ service, sync }) =>
                  (!query?.owner || service.owner === query.owner) &&
                  (!query?.system || service.system === query.system) &&
                  (!query?.sync || sync.state === query.sync) &&
                  service.title.includes(query?.text ?? ''),
              );
        const start = Number(query?.cursor ?? 0);
        const end = start + Number(query?.limit ?? 50);
        return {
          items: found.slice(start, end),
          nextCursor: end < found.length ? String(end) : undefined,
          asOf: asOf(),
          facets: facets(fleet),
          empty:
            mood() === 'empty'
              ? {
                  reason: 'nothing-found' as const,
                  text: 'The catalog has no component.',
                }
              : undefined,
        };
      }),
  };
}

function applications(ago: (hours: number) => string): ApplicationState[] {
  const fresh = { asOf: ago(0.004), comparedAt: ago(0.03) };
  const actor = { id: 'p-Ana', name: 'Ana' };
  const [origin] = anApplication().origins;
  return [
    anApplication({ ...fresh, syncedAt: ago(3) }),
    aDriftedApplication({ ...fresh, syncedAt: ago(90) }),
    anApplication({
      ...fresh,
      id: 'app-3',
      name: 'payments-api-ap-1',
      target: 'ap-1',
      sync: 'unknown',
      health: 'unknown',
      stale: true,
      asOf: ago(5),
      syncReasons: [
        {
          code: 'not-read',
          text: 'Argo CD ap-1 did not answer for 5 h: its certificate has expired.',
        },
      ],
    }),
    anApplication({
      ...fresh,
      id: 'app-4',
      name: 'payments-api-staging',
      environment: 'staging',
      target: 'eu-1',
      sync: 'pending',
      failing: true,
      health: 'progressing',
      automated: false,
      syncReasons: [
        {
          code: 'fingerprint-differs',
          text: 'Git asks for another version than was synced last.',
        },
      ],
      origins: [
        {
          ...origin,
          syncedRevision: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
        },
      ],
      operation: {
        phase: 'failed',
        startedAt: ago(1),
        finishedAt: ago(0.9),
        message:
          'one or more objects failed to apply: Deployment.apps "payments-api" is invalid: spec.template.spec.containers[0].image: Required value',
        actor,
        automated: false,
        revisions: [],
      },
      conditions: [
        {
          type: 'SyncError',
          message: 'Failed sync attempt to 1a2b3c4d',
          at: ago(0.9),
        },
      ],
    }),
    anApplication({
      ...fresh,
      id: 'app-5',
      name: 'payments-api-preview',
      environment: undefined,
      target: undefined,
      sync: 'out-of-sync',
      pruneOnly: true,
      operation: undefined,
      origins: [{ ...origin, mirrored: false, syncedRevision: undefined }],
    }),
  ];
}

function running(ago: (hours: number) => string) {
  return [
    {
      environment: 'production',
      version: '2.200.0',
      since: ago(3),
      deploymentId: 'dep-0',
      targets: [
        { name: 'eu-1', version: '2.200.0', since: ago(3) },
        { name: 'us-1', version: '2.199.0', since: ago(90) },
      ],
    },
    {
      environment: 'staging',
      version: '2.198.0',
      since: ago(30),
      deploymentId: 'dep-2',
      targets: [],
    },
  ];
}

function fleetRow(index: number, ago: (hours: number) => string): FleetRow {
  const team = index % 37;
  const name =
    index === 0 ? 'payments-api' : `service-${String(index).padStart(5, '0')}`;
  const states = [
    aFleetState(),
    aFleetState(),
    aFleetState({ state: 'attention', headline: '2 pending' }),
    aFleetState({ state: 'bad', headline: '1 drifted', at: ago(index % 90) }),
    aFleetState({
      state: 'unknown',
      headline: 'Unknown',
      unobserved: [
        {
          where: 'production ap-1',
          why: 'Argo CD ap-1 did not answer.',
          since: ago(5),
        },
      ],
    }),
  ];
  return aFleetRow({
    service: aService({
      id: name,
      ref: `component:default/${name}`,
      title: name,
      owner: `group:default/team-${team}`,
      system: `system:default/system-${index % 12}`,
      sandbox: index < 5,
    }),
    version: index % 11 === 7 ? undefined : `1.${index % 300}.0`,
    deployedAt: index % 11 === 7 ? undefined : ago(index % 400),
    sync: states[index % states.length],
    changes: aFleetState({
      headline: `${index % 23} changes`,
      at: ago(index % 100),
    }),
  });
}

function facets(fleet: FleetRow[]) {
  const count = (key: (row: FleetRow) => string) => {
    const counts = new Map<string, number>();
    for (const row of fleet) {
      counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
    }
    return [...counts].map(([name, services]) => ({ name, services }));
  };
  const refs = (key: 'owner' | 'system') =>
    count(({ service }) => service[key] ?? '').map(({ name, services }) => ({
      ref: name,
      services,
    }));
  return {
    owners: refs('owner'),
    systems: refs('system'),
    sync: count(row => row.sync.state).map(({ name, services }) => ({
      state: name as FleetRow['sync']['state'],
      services,
    })),
    total: fleet.length,
  };
}
