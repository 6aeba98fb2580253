import type {
  Change,
  Day2Api,
  Deployment,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import {
  aChange,
  aDeployment,
  aService,
  aSource,
  aSummary,
} from '../src/__testUtils__/records';
import { fakeApi, httpError, type Answers } from '../src/__testUtils__/fakeApi';

const hour = 3_600_000;
const authors = ['Ana', 'Bo', 'Chen', 'Renovate'].map(name => ({
  id: `p-${name}`,
  name,
}));
const work = [
  'Retry card captures once',
  'Round refunds half to even',
  'Bump fastify to 5.2.1',
  'Log the bank’s reference with each capture',
  'Drop the unused currency table',
];

/** Some months of a busy service, the same at each start. */
function history(now: number) {
  const deployments: Deployment[] = [];
  const changes: Change[] = [];
  for (let index = 0; index < 160; index++) {
    const at = now - (index * 13.7 + (index % 5) * 3.1 + 2) * hour;
    const failed = index % 19 === 4;
    const rollback = index % 19 === 3;
    const iso = new Date(at).toISOString();
    const minor = 200 - index;
    deployments.push(
      aDeployment({
        id: `dep-${index}`,
        environment: index % 3 === 2 ? 'staging' : 'production',
        version: `2.${minor}.0`,
        previousVersion: `2.${minor - 1}.0`,
        finishedAt: iso,
        firstFinishedAt: new Date(at - 0.2 * hour).toISOString(),
        outcome: failed ? 'failed' : 'ok',
        outcomeReasons: failed
          ? [
              {
                code: 'replaced-by-rollback',
                text: 'It was rolled back after 38 min.',
              },
            ]
          : [],
        rollback: rollback ? { restoresId: `dep-${index + 2}` } : undefined,
        unplanned: rollback,
        unplannedReasons: rollback
          ? [{ code: 'rollback', text: 'It puts an earlier version back.' }]
          : [],
        actor: authors[index % 4],
        carried: { count: (index * 7) % 5, complete: true },
      }),
    );
    changes.push(
      aChange({
        id: `chg-${index}`,
        kind: index % 4 === 1 ? 'configuration' : 'code',
        title: `${work[index % 5]} (#${minor})`,
        at: new Date(at - 3 * hour).toISOString(),
        authors: [authors[index % 4]],
        pullRequest: `#${minor}`,
        deploymentIds: [`dep-${index}`],
        fields:
          index % 4 === 1
            ? [
                {
                  file: 'apps/payments-api/production/values.yaml',
                  resource: 'Deployment/payments-api',
                  field: 'spec.replicas',
                  from: '3',
                  to: '5',
                  environment: 'production',
                },
              ]
            : [],
        fieldCount: index % 4 === 1 ? 1 : 0,
      }),
    );
  }
  return { deployments, changes };
}

function entries(world: ReturnType<typeof history>): TimelineEntry[] {
  return [
    ...world.deployments.map(
      (one): TimelineEntry => ({
        id: `e-${one.id}`,
        kind: 'deployment',
        recordId: one.id,
        at: one.finishedAt,
        environment: one.environment,
        title: `${one.previousVersion} → ${one.version}`,
        detail: `${one.carried.count} commits`,
        status: one.outcome === 'failed' ? 'failed' : 'ok',
        flags: one.rollback ? ['rollback'] : [],
        actor: one.actor,
      }),
    ),
    ...world.changes.map(
      (one): TimelineEntry => ({
        id: `e-${one.id}`,
        kind: 'change',
        recordId: one.id,
        at: one.at,
        title: one.title,
        status: 'neutral',
        flags: one.kind === 'configuration' ? ['configuration'] : [],
        actor: one.authors[0],
      }),
    ),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

/** Which states to show: `?fake=empty|failing|forbidden` in the address. */
function mood(): string {
  return new URLSearchParams(window.location.search).get('fake') ?? '';
}

/** A backend that lives in the browser, for looking at the pages. */
export function createFakeWorld(): Day2Api {
  const now = Date.now();
  const world = history(now);
  const asOf = () => new Date(Date.now() - 12_000).toISOString();
  const page = <T>(
    all: T[],
    query: { limit?: unknown; cursor?: string } = {},
  ) => {
    const start = Number(query.cursor ?? 0);
    const end = start + Number(query.limit ?? 50);
    return {
      items: all.slice(start, end),
      nextCursor: end < all.length ? String(end) : undefined,
      asOf: asOf(),
    };
  };
  const within = (
    at: string,
    environment: string | undefined,
    query: { from?: string; to?: string; environment?: string } = {},
  ) =>
    at >= (query.from ?? '') &&
    at < (query.to ?? 'x') &&
    (!query.environment || !environment || environment === query.environment);
  const empty = {
    items: [],
    asOf: asOf(),
    empty: {
      reason: 'annotation-missing' as const,
      text: 'No path of a GitOps repository is tied to this service.',
      fix: {
        text: 'Say which path holds its desired state.',
        annotation: {
          key: 'day2/gitops-path',
          value: 'tern-gitops:apps/payments-api/*',
        },
      },
    },
  };
  const guard = <T>(answer: () => T): T => {
    if (mood() === 'failing') {
      throw httpError(500, 'The database is away.');
    }
    if (mood() === 'forbidden') {
      throw httpError(403);
    }
    return answer();
  };
  const ago = (hours: number) => new Date(now - hours * hour).toISOString();
  const answers: Answers = {
    getServiceSummary: ({ query }) =>
      guard(() => {
        const base = aSummary();
        return {
          ...base,
          service: aService({ sandbox: true }),
          environment: query?.environment ?? 'production',
          from: query?.from ?? base.from,
          to: query?.to ?? base.to,
          asOf: asOf(),
          sources: {
            total: 3,
            fine: 2,
            problems: [
              {
                source: 'git:tern-helm',
                title: 'tern-helm',
                code: 'unreachable' as const,
                text: 'The Git server did not answer.',
                since: ago(1.2),
              },
            ],
          },
          header: {
            ...base.header,
            running:
              mood() === 'empty'
                ? []
                : ['production', 'staging'].map(environment => ({
                    ...base.header.running[0],
                    environment,
                    since: ago(3),
                    deploymentId: 'dep-0',
                  })),
            lastKnownGood: {
              version: '2.198.0',
              deploymentId: 'dep-2',
              deployedAt: ago(60),
            },
          },
          tiles: {
            ...base.tiles,
            changes: { ...base.tiles.changes, at: ago(2) },
          },
        };
      }),
    listServiceTimeline: ({ query }) =>
      guard(() =>
        mood() === 'empty'
          ? empty
          : page(
              entries(world).filter(
                one =>
                  within(one.at, one.environment, query) &&
                  (!query?.kinds || query.kinds.includes(one.kind)) &&
                  one.title
                    .toLowerCase()
                    .includes((query?.text ?? '').toLowerCase()),
              ),
              query as never,
            ),
      ),
    listServiceDeployments: ({ query }) =>
      guard(() =>
        mood() === 'empty'
          ? empty
          : page(
              world.deployments.filter(one =>
                within(one.finishedAt, one.environment, query),
              ),
              query as never,
            ),
      ),
    listServiceChanges: ({ query }) =>
      guard(() =>
        mood() === 'empty'
          ? empty
          : page(
              world.changes.filter(one => within(one.at, undefined, query)),
              query as never,
            ),
      ),
    getDeployment: ({ params }) => {
      const deployment = world.deployments.find(({ id }) => id === params.id);
      if (!deployment) {
        throw httpError(404);
      }
      return {
        deployment,
        asOf: asOf(),
        commitsCut: false,
        commits: work
          .slice(0, deployment.carried.count)
          .map((title, index) => ({
            repository: 'payments-api',
            sha: `${index}a2b3c4d5e6f`,
            title,
            author: authors[index % 4],
            committedAt: ago(30 + index),
            isMerge: false,
            leadSeconds: 12_000 + index * 7_000,
            issueKeys: index % 2 ? ['PAY-42'] : [],
            changeId: `chg-${index}`,
          })),
      };
    },
    getChange: ({ params }) => ({
      change: world.changes.find(({ id }) => id === params.id) ?? aChange(),
      deployments: world.deployments.slice(0, 1),
      asOf: asOf(),
    }),
    listServices: () => ({
      asOf: asOf(),
      items: ['payments-api', 'ledger', 'checkout', 'currency-rates'].map(
        (name, index) =>
          aService({
            id: name,
            title: name,
            ref: `component:default/${name}`,
            sandbox: true,
            owner: index === 3 ? undefined : 'group:default/payments',
          }),
      ),
    }),
    listSources: () => ({
      asOf: asOf(),
      canManage: true,
      queues: { sequences: 4, subjects: 0 },
      items: [
        aSource({ lastSuccessAt: ago(0.01) }),
        aSource({
          id: 'git:tern-helm',
          title: 'tern-helm',
          state: 'failing',
          failingSince: ago(1.2),
          lastSuccessAt: ago(1.3),
          lagSeconds: 4700,
          error: {
            code: 'unreachable',
            text: 'git.example did not answer within 20 s.',
            fix: 'Check that the portal’s host can reach git.example.',
          },
          skipped: { 'Helm template': 12, 'not YAML': 2 },
          quarantined: 3,
        }),
        aSource({
          id: 'git:shop',
          title: 'shop',
          detail: 'application, main',
          state: 'back-filling',
          progress: { done: 3200, total: 9100, unit: 'commits' },
          notices: ['The clone is shallow: history begins on 1 October.'],
        }),
        aSource({ id: 'git:old', title: 'old-gitops', state: 'paused' }),
      ],
    }),
    listQuarantine: () => ({
      asOf: asOf(),
      items: [
        {
          id: 'q1',
          source: 'git:tern-helm',
          key: 'charts/x/values.yaml',
          reason: 'The tag is a mapping where text was expected.',
          item: 'image:\n  tag: {}',
          at: ago(5),
        },
      ],
    }),
  };
  return fakeApi(answers);
}
