import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { component, people } from './__testUtils__/people';
import { sourceOf, startHub } from './__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const deployment = {
  service: 'component:default/label-printer',
  environment: 'prod',
  target: 'vm-7',
  version: '1.4.2',
  finishedAt: new Date(Date.now() - 60_000).toISOString(),
  actor: { email: 'Ana@tern.example', name: 'Ana' },
  url: 'https://ci.example/run/7',
};

function event(more: object = {}) {
  return {
    specversion: '1.0',
    id: 'event-1',
    source: '/ci/printer',
    type: 'dev.cdevents.service.upgraded.0.3.0',
    data: {
      context: { timestamp: new Date(Date.now() - 30_000).toISOString() },
      subject: {
        id: 'service/label-printer',
        content: {
          environment: { id: 'prod' },
          artifactId: 'pkg:oci/label-printer@1.5.0',
        },
      },
    },
    ...more,
  };
}

async function waitFor(holds: () => boolean) {
  const end = Date.now() + 10_000;
  while (!holds() && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe.each(databases.eachSupportedId())('posting on %p', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startHub>>;
  let entities: Entity[];

  beforeEach(async () => {
    database = await databases.init(id);
    entities = [
      component('label-printer', 'payments'),
      component('cart', 'storefront'),
    ];
    hub = await startHub({
      database,
      entities: () => entities,
      sources: [sourceOf({ id: 'git:gitops' })],
    });
  });

  afterEach(async () => {
    await hub.stop();
  });

  const post = (body: object, key = 'run-7', as = people.service) =>
    hub.call('post', '/deployments', as).set('idempotency-key', key).send(body);
  const list = async () =>
    (
      await hub.call(
        'get',
        '/services/component/default/label-printer/deployments',
        people.owner,
      )
    ).body;

  it('becomes a deployment at once, under the configured environment', async () => {
    const { status, body } = await post(deployment);
    expect([status, body]).toEqual([
      202,
      { key: 'run-7', repeated: false, deploymentId: expect.any(String) },
    ]);
    const read = await hub.call(
      'get',
      `/deployments/${body.deploymentId}`,
      people.owner,
    );
    expect(read.body.deployment).toMatchObject({
      serviceRef: 'component:default/label-printer',
      environment: 'production',
      version: '1.4.2',
      finishedAt: deployment.finishedAt,
      basis: 'event',
      outcome: 'ok',
      actor: { name: 'Ana' },
      url: 'https://ci.example/run/7',
    });
    const summary = await hub.call(
      'get',
      '/services/component/default/label-printer/summary',
      people.owner,
    );
    expect(summary.body).toMatchObject({
      asOf: expect.any(String),
      header: {
        running: [{ environment: 'production', version: '1.4.2' }],
      },
      tiles: { changes: { detail: '1 deployment' } },
    });
    const timeline = await hub.call(
      'get',
      '/services/component/default/label-printer/timeline',
      people.owner,
    );
    expect(timeline.body.items).toEqual([
      expect.objectContaining({ recordId: body.deploymentId }),
    ]);
  });

  it('tells open pages of that service, with nothing of it', async () => {
    await post(deployment);
    const { body } = await hub.call(
      'get',
      '/services/component/default/label-printer/summary',
      people.owner,
    );
    await waitFor(() => hub.signals.length > 0);
    expect(hub.signals[0]).toEqual({
      recipients: { type: 'broadcast' },
      channel: `day2:service:${body.service.id}`,
      message: { rev: expect.any(Number) },
    });
  });

  it('takes the same again without effect, and refuses another body', async () => {
    const first = await post(deployment);
    const again = await post(deployment);
    expect([again.status, again.body]).toEqual([
      200,
      { ...first.body, repeated: true },
    ]);
    const other = await post({ ...deployment, version: '1.4.3' });
    expect([other.status, other.body.error.message]).toEqual([
      409,
      expect.stringContaining('idempotency key'),
    ]);
    expect((await list()).items).toHaveLength(1);
  });

  it('takes many at once as one each', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        post({ ...deployment, version: `2.${index % 4}` }, `run-${index % 4}`),
      ),
    );
    expect(answers.map(answer => answer.status).sort()).toEqual([
      ...Array(8).fill(200),
      ...Array(4).fill(202),
    ]);
  });

  it('keeps the keys of two callers apart', async () => {
    const answers = [
      await post(deployment),
      await post(
        { ...deployment, version: '9', actor: undefined },
        'run-7',
        people.owner,
      ),
    ];
    expect(answers.map(answer => answer.status)).toEqual([202, 202]);
  });

  it('records a user as who did it, and nobody else', async () => {
    const refused = await post(deployment, 'run-8', people.owner);
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringContaining('body.actor: leave it out'),
    ]);
    await post({ ...deployment, actor: undefined }, 'run-9', people.owner);
    await hub
      .call('post', '/events', people.owner)
      .set('content-type', 'application/cloudevents+json')
      .send(JSON.stringify(event()));
    const { items } = await list();
    expect(
      items.map((item: any) => [item.version, item.actor.userRef]),
    ).toEqual([
      ['1.5.0', 'user:default/ana'],
      ['1.4.2', 'user:default/ana'],
    ]);
    // One person, whichever way she is named.
    expect(items[0].actor.id).toBe(items[1].actor.id);
  });

  it('takes a CDEvent, and the same again without effect', async () => {
    const send = (body: object) =>
      hub
        .call('post', '/events', people.service)
        .set('content-type', 'application/cloudevents+json')
        .send(JSON.stringify(body));
    const body = event();
    const first = await send(body);
    expect([first.status, first.body]).toEqual([
      202,
      {
        key: '/ci/printer#event-1',
        repeated: false,
        deploymentId: expect.any(String),
      },
    ]);
    expect((await send(body)).body).toEqual({ ...first.body, repeated: true });
    await send({ ...body, time: '2026-01-01T00:00:00Z' }).expect(409);
    expect((await list()).items).toEqual([
      expect.objectContaining({ version: '1.5.0', environment: 'production' }),
    ]);
    const other = await send(event({ id: '2', type: 'dev.cdevents.build.x' }));
    expect([other.status, other.body.error.message]).toEqual([
      400,
      expect.stringContaining('taken are dev.cdevents.service.deployed'),
    ]);
  });

  it('takes a service that the directory has not read yet', async () => {
    entities.push(component('brand-new', 'payments'));
    await post(
      { ...deployment, service: 'component:default/brand-new' },
      'new',
    ).expect(202);
    const { body } = await hub.call(
      'get',
      '/services/component/default/brand-new/deployments',
      people.owner,
    );
    expect(body.items).toHaveLength(1);
  });
});
