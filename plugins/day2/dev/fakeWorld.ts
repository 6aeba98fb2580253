import type { Day2Api } from '@day2/backstage-plugin-day2-common';
import {
  aChange,
  aService,
  aSource,
  aSummary,
} from '../src/__testUtils__/records';
import { someOnCall } from '../src/__testUtils__/incidentRecords';
import { fakeDelivery } from './fakeDelivery';
import { fakeGitops } from './fakeGitops';
import { fakeIncidents, incidentEntries } from './fakeIncidents';
import { fakeObjectives } from './fakeObjectives';
import { fakeApi, httpError, type Answers } from '../src/__testUtils__/fakeApi';
import { authors, entries, history, hour, work } from './fakeHistory';

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
    ...fakeGitops({ mood, guard }),
    ...fakeDelivery({ mood, guard }),
    ...fakeObjectives({ mood, guard }),
    ...fakeIncidents({ mood, guard }),
    getServiceSummary: ({ query }) =>
      guard(() => {
        const base = aSummary();
        return {
          ...base,
          service: aService({ sandbox: true }),
          environment: query?.environment ?? 'production',
          from: query?.from ?? base.from,
          to: query?.to ?? base.to,
          asOf: ago(1.2),
          sources: {
            total: 3,
            fine: 2,
            titles: ['tern-gitops', 'tern-helm', 'payments-api'],
            posted: true,
            reading: [],
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
            onCall: [someOnCall({ until: ago(-6) })],
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
            objectives: {
              state: 'bad' as const,
              headline: '32 % budget left',
              detail: 'worst: Card captures succeed; page; burn 22',
              figures: [
                { value: 1, unit: 'page', n: 5 },
                { value: 1, unit: 'ok', n: 5 },
              ],
            },
            incidents: {
              state: 'bad' as const,
              headline: '1 open  P2',
              at: ago(2.8),
              figures: [{ value: 5, unit: 'incidents', n: 5 }],
            },
          },
        };
      }),
    listServiceTimeline: ({ query }) =>
      guard(() =>
        mood() === 'empty'
          ? empty
          : page(
              [...incidentEntries(ago), ...entries(world)]
                .sort((a, b) => b.at.localeCompare(a.at))
                .filter(
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
        aSource({
          id: 'alertmanager:main',
          type: 'alertmanager',
          title: 'Alertmanager',
          detail: undefined,
          webhook: {
            path: '/api/day2/webhooks/alertmanager:main',
            waiting: 2,
            lastAt: ago(0.3),
          },
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
