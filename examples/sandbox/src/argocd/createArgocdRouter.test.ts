import express from 'express';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { testEnd, testStart } from '../__testUtils__/dates';
import { swaggerErrors } from '../__testUtils__/swagger';
import { createWorld } from '../world/createWorld';
import type { ArgoApplication } from './ArgoApplication';
import { createArgocdRouter } from './createArgocdRouter';
import { selectableFields } from './selectFields';
import { SessionTokens } from './SessionTokens';

const errorsOf = swaggerErrors();
const { world, truth } = createWorld({
  seed: 7,
  start: testStart,
  end: testEnd,
});

interface List {
  metadata: { resourceVersion: string };
  items: ArgoApplication[];
}

describe('the API of the Argo CDs', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const app = express();
    app.use(
      createArgocdRouter({
        world,
        tokens: SessionTokens.create({ token: 'secret' }),
        isForbidden: plan => plan.name === 'cart-staging',
      }),
    );
    server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const ask = (path: string, token = 'secret') =>
    fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const list = async (query = '', instance = 'eu-1') =>
    (await (
      await ask(`/${instance}/api/v1/applications?${query}`)
    ).json()) as List;
  const names = async (query: string, instance?: string) =>
    (await list(query, instance)).items.map(({ metadata }) => metadata.name);
  const one = async (name: string, query = '', instance = 'eu-1') =>
    (await (
      await ask(`/${instance}/api/v1/applications/${name}?${query}`)
    ).json()) as ArgoApplication;

  it('wants a token, and says so as the gateway does', async () => {
    const refused = await ask('/eu-1/api/v1/applications', 'wrong');
    expect(refused.status).toBe(401);
    const body = await refused.json();
    expect(body).toEqual({
      error: body.message,
      code: 16,
      message: body.message,
    });
    expect(body.message).toMatch(/^invalid session/);
    expect((await fetch(`${url}/eu-1/api/v1/applications/x`)).status).toBe(401);
  });

  it('lets who knows the password sign in', async () => {
    const signIn = (password: string) =>
      fetch(`${url}/us-1/api/v1/session`, {
        method: 'POST',
        body: JSON.stringify({ username: 'day2', password }),
      });
    const { token } = await (await signIn('secret')).json();
    expect((await ask('/us-1/api/v1/applications', token)).status).toBe(200);
    const refused = await signIn('other');
    expect(refused.status).toBe(401);
    expect((await refused.json()).message).toBe('Invalid username or password');
  });

  it('tells its version, all of it to who has signed in', async () => {
    expect(await (await fetch(`${url}/eu-1/api/version`)).json()).toEqual({
      Version: expect.stringMatching(/^v3\./),
    });
    const version = await (await ask('/eu-1/api/version')).json();
    expect(version.GitCommit).toMatch(/^[0-9a-f]{40}$/);
    expect(errorsOf?.('versionVersionMessage', version) ?? []).toEqual([]);
  });

  it('knows two instances, and errors as Argo CD has them', async () => {
    expect((await ask('/us-2/api/version')).status).toBe(404);
    for (const [path, status, code] of [
      ['/eu-1/api/v1/applications/none', 403, 7],
      ['/eu-1/api/v1/applications/none?project=payments', 404, 5],
      ['/eu-1/api/v1/applications/ledger-staging?project=storefront', 403, 7],
      ['/eu-1/api/v1/applications/cart-staging', 403, 7],
      ['/eu-1/api/v1/applications/shipping-api-staging', 403, 7],
      ['/eu-1/api/v1/applications?selector=a%20b', 400, 3],
      ['/eu-1/api/v1/nothing', 404, 5],
    ] as const) {
      const response = await ask(path);
      const body = await response.json();
      expect([path, response.status, body.code]).toEqual([path, status, code]);
      expect(errorsOf?.('runtimeError', body) ?? []).toEqual([]);
    }
  });

  it('needs the namespace of an application that is not in argocd', async () => {
    const { metadata } = await one(
      'shipping-api-staging',
      'appNamespace=logistics-apps',
    );
    expect(metadata.namespace).toBe('logistics-apps');
  });

  it('answers of the fields asked for those that can be selected', async () => {
    const { items } = await list(
      'fields=items.metadata.name,metadata.namespace,metadata.uid,status.history,items.status.sync.status,status.operationState.message,status.operationState.phase,spec.project',
    );
    expect(items.length).toBeGreaterThan(20);
    for (const item of items) {
      expect(item).toEqual({
        metadata: {
          name: expect.any(String),
          namespace: expect.any(String),
        },
        spec: { project: expect.any(String) },
        status: {
          sync: { status: expect.any(String) },
          operationState: { phase: expect.any(String) },
        },
      });
    }
    const [other] = (await list('fields=-status.resources,items.spec')).items;
    expect(Object.keys(other.status).sort()).toEqual([
      'health',
      'operationState',
      'summary',
      'sync',
    ]);
    expect(other.metadata).not.toHaveProperty('resourceVersion');
    expect(other.spec).not.toHaveProperty('syncOptions');
    const all = (await list(`fields=${selectableFields.join(',')}`)).items;
    const whole = (await list()).items;
    expect(all.map(({ spec }) => spec)).toEqual(whole.map(({ spec }) => spec));
    for (const item of [...all, other]) {
      expect(item.status).not.toHaveProperty('history');
      expect(item.status.sync).not.toHaveProperty('comparedTo');
    }
  });

  it('filters', async () => {
    expect(await names('projects=platform')).toEqual([
      'applications-development',
      'applications-production',
      'applications-staging',
      'ingress-nginx',
    ]);
    expect(await names('projects=platform', 'us-1')).toEqual(['ingress-nginx']);
    expect(await names('appNamespace=logistics-apps')).toEqual([
      'shipping-api-development',
      'shipping-api-production',
      'shipping-api-staging',
    ]);
    expect(
      await names('selector=team%3Dpayments,environment%3Dproduction', 'us-1'),
    ).toEqual([
      'fraud-scoring-production',
      'ledger-production',
      'payments-api-production',
    ]);
    const { port } = server.address() as AddressInfo;
    const repo = `http://localhost:${port}/git/tern-helm`;
    expect(
      await names(`repo=${repo}&project=storefront&projects=payments`),
    ).toEqual(
      ['currency-rates', 'search-api', 'storefront-web'].flatMap(name => [
        `${name}-development`,
        `${name}-production`,
        `${name}-staging`,
      ]),
    );
  });

  it('says what is true of each application', async () => {
    for (const instance of ['eu-1', 'us-1']) {
      const { items } = await list('', instance);
      const there = truth.syncStates.filter(
        state => state.instance === instance,
      );
      expect(items).toHaveLength(there.length);
      for (const { metadata, spec, status } of items) {
        const state = there.find(each => each.uid === metadata.uid)!;
        const revision = status.sync.revision ?? status.sync.revisions?.[0];
        expect({
          sync: status.sync.status,
          health: status.health.status,
          automated: 'automated' in spec.syncPolicy!,
          desiredRevision: revision,
          project: spec.project,
        }).toEqual({
          sync: state.sync,
          health: state.health,
          automated: state.automated,
          desiredRevision: state.desiredRevision,
          project: state.project,
        });
        const history = status.history as Array<{
          id: number;
          revision?: string;
          revisions?: string[];
          deployStartedAt: string;
          deployedAt: string;
          initiatedBy: { username?: string; automated?: boolean };
        }>;
        const syncs = truth.syncs.filter(
          sync =>
            sync.application === state.application &&
            sync.phase === 'Succeeded',
        );
        expect(
          history.map(each => [
            each.id,
            each.revision ?? each.revisions![0],
            Date.parse(each.deployStartedAt),
            Date.parse(each.deployedAt),
            each.initiatedBy.username,
            each.initiatedBy.automated ?? false,
          ]),
        ).toEqual(
          syncs
            .slice(-10)
            .map(sync => [
              sync.historyId,
              sync.revision,
              Date.parse(sync.startedAt),
              Date.parse(sync.finishedAt!),
              sync.initiatedBy,
              !sync.initiatedBy,
            ]),
        );
        expect(status.conditions !== undefined).toBe(
          state.cause === 'unknown' || (state.failing && state.automated),
        );
        expect(
          status.resources!.every(
            each => (each as { status: string }).status === 'Synced',
          ),
        ).toBe(state.sync === 'Synced');
      }
    }
  });

  it('has several sources, a chart of a registry, parameters of their time', async () => {
    const several = await one('storefront-web-production');
    expect(several.spec.source).toBeUndefined();
    expect(several.spec.sources).toHaveLength(2);
    expect(several.status.sync.revisions).toHaveLength(2);
    expect(several.status.history!.at(-1)).toMatchObject({
      source: { repoURL: '' },
      sources: [{ path: 'charts/storefront-web' }, { ref: 'values' }],
    });
    const chart = await one('ingress-nginx');
    expect(chart.spec.source).toMatchObject({ chart: 'ingress-nginx' });
    expect(chart.status.sync.revision).toBe(chart.spec.source!.targetRevision);
    const child = await one('currency-rates-production');
    const tags = child.status.history!.map(
      entry => /"image.tag","value":"([^"]+)"/.exec(JSON.stringify(entry))![1],
    );
    expect(new Set(tags).size).toBeGreaterThan(1);
    expect(child.status.summary.images).toEqual([
      `registry.tern.example/currency-rates:${tags.at(-1)}`,
    ]);
  });

  it('keeps a resource version until something changes', async () => {
    const versions = async () =>
      new Map(
        (await list()).items.map(({ metadata }) => [
          metadata.name,
          Number(metadata.resourceVersion),
        ]),
      );
    const before = await versions();
    expect(await versions()).toEqual(before);
    expect(new Set(before.values()).size).toBe(before.size);
    expect(Number((await list()).metadata.resourceVersion)).toBe(
      Math.max(...before.values()),
    );
  });

  // Where Argo CD's description lies beside the repository.
  (errorsOf ? describe : describe.skip)('held to its description', () => {
    it('answers nothing that is not in it', async () => {
      for (const instance of ['eu-1', 'us-1']) {
        const answer = await list('', instance);
        expect(errorsOf!('v1alpha1ApplicationList', answer)).toEqual([]);
        const fields = await list(`fields=${selectableFields.join(',')}`);
        for (const { status } of fields.items) {
          // Under this name Argo CD answers the result, not the operation.
          const { operation } = status.operationState! as {
            operation: { sync: object };
          };
          expect(
            errorsOf!('v1alpha1SyncOperationResult', operation.sync),
          ).toEqual([]);
          Object.assign(status.operationState!, { operation: {} });
        }
        expect(errorsOf!('v1alpha1ApplicationList', fields)).toEqual([]);
      }
    });
  });
});
