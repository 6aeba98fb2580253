import { TestDatabases } from '@backstage/backend-test-utils';
import { contract, type Operation } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { component, people } from './__testUtils__/people';
import {
  payments,
  routeTable,
  type RouteRow,
} from './__testUtils__/routeTable';
import {
  deploymentRow,
  seedChange,
  seedObjective,
  timelineRow,
} from './__testUtils__/seed';
import { saidRow, seedIncident } from './__testUtils__/seedIncident';
import { sourceOf, startHub } from './__testUtils__/startHub';
import { saidStore } from './incidents/saidStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('routes on %p', id => {
  let hub: Awaited<ReturnType<typeof startHub>>;
  let database: Knex;

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startHub({
      database,
      entities: () => [
        component('payments-api', 'payments'),
        component('search-api', 'storefront'),
      ],
      sources: [sourceOf({ id: 'git:gitops' })],
    });
    // The directory has been read at the start: the services are there.
    const services = new Map<string, string>();
    for (const name of ['payments-api', 'search-api']) {
      await hub
        .call(
          'get',
          `/services/component/default/${name}/summary`,
          people.platform,
        )
        .expect(200)
        .then(({ body }) => services.set(name, body.service.id));
    }
    const mine = services.get('payments-api')!;
    const theirs = services.get('search-api')!;
    await database('deployment').insert([
      deploymentRow({ id: 'd-payments', service_id: mine, finished_at: 5 }),
      deploymentRow({ id: 'd-search', service_id: theirs, finished_at: 5 }),
    ]);
    await database('timeline').insert([
      timelineRow({ id: 't-payments', service_id: mine, at: 5 }),
      timelineRow({ id: 't-search', service_id: theirs, at: 5 }),
    ]);
    await seedIncident(database, {
      alias: 'i-payments',
      references: ['first', 'second'].map((key, at) => ({
        source: 'git:gitops',
        key,
        services: [mine],
        // Long after the deployments, which have no part in it.
        detectedAt: 1e10 + at,
      })),
    });
    await saidStore.add(database, saidRow({ id: 'said-payments' }), [
      { source: 'git:gitops', key: 'first' },
    ]);
    await seedChange(database, {
      id: 'c-payments',
      at: 5,
      services: [{ id: mine }],
    });
    await seedObjective(database, { id: 'o-payments', serviceId: mine });
    await database('quarantine').insert({
      id: 'q-1',
      source: 'git:gitops',
      reason: 'not YAML in payments',
      item: 'payments: [',
      at: 5,
    });
    await seedChange(database, {
      id: 'c-shared',
      at: 6,
      services: [{ id: mine }, { id: theirs }],
    });
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('has a row for every route, and no other', () => {
    expect(Object.keys(routeTable).sort()).toEqual(
      Object.keys(contract).sort(),
    );
  });

  const cases = (Object.entries(routeTable) as [Operation, RouteRow][]).flatMap(
    ([operation, row]) =>
      (['none', 'other', 'owner', 'service'] as const).map(
        caller => [operation, caller, row[caller], row] as const,
      ),
  );

  it.each(cases)(
    '%s answers %s with %d',
    async (operation, caller, status, row) => {
      const request = hub.call(
        contract[operation].method,
        row.path,
        people[caller],
      );
      for (const [name, value] of Object.entries(row.headers ?? {})) {
        request.set(name, value);
      }
      const response = await request.send(row.body);
      // What is answered is what the contract promises, or Backstage's error.
      const schema =
        status < 300
          ? (contract[operation].response as z.ZodType)
          : z.object({ error: z.object({ message: z.string().min(10) }) });
      expect([response.status, schema.safeParse(response.body).error]).toEqual([
        status,
        undefined,
      ]);
    },
  );

  it('tells who may see sources how much is in quarantine, and only who manages them what', async () => {
    const [{ body: seen }, { body: items }] = await Promise.all([
      hub.call('get', '/sources', people.other).expect(200),
      hub
        .call('get', '/sources/git:gitops/quarantine', people.platform)
        .expect(200),
    ]);
    const [source] = seen.items;
    expect([seen.canManage, source.id, source.quarantined]).toEqual([
      false,
      'git:gitops',
      1,
    ]);
    expect(JSON.stringify(seen)).not.toContain('payments');
    expect(items.items).toMatchObject([{ reason: 'not YAML in payments' }]);
    expect(Date.parse(items.asOf)).not.toBeNaN();
  });

  it('tells what is still to be derived, changes too', async () => {
    const queues = async () =>
      (await hub.call('get', '/sources', people.platform)).body.queues;
    expect(await queues()).toEqual({
      sequences: 0,
      subjects: 0,
      changes: 0,
      applications: 0,
      incidents: 0,
      objectives: 0,
      failed: 0,
    });
    const held = { since: 0, claimed_by: 'another', claimed_until: 1e15 };
    await database('dirty_change').insert([
      { change_id: 'x', ...held },
      { change_id: 'y', ...held },
    ]);
    await database('dirty_application').insert({ subject_id: 's', ...held });
    const waiting = await queues();
    await database('dirty_change').delete();
    await database('dirty_application').delete();
    expect(waiting).toEqual({
      sequences: 0,
      subjects: 0,
      changes: 2,
      applications: 1,
      incidents: 0,
      objectives: 0,
      failed: 0,
    });
  });

  it('says how old the list of environments is', async () => {
    const { body } = await hub.call('get', '/environments', people.other);
    expect(Date.parse(body.asOf)).not.toBeNaN();
  });

  it('answers what is not there and what may not be seen alike', async () => {
    for (const [hidden, missing] of [
      [`${payments}/summary`, '/services/component/default/none/summary'],
      ['/deployments/d-payments', '/deployments/none'],
      ['/changes/c-payments', '/changes/none'],
      ['/incidents/i-payments', '/incidents/none'],
    ]) {
      const [a, b] = await Promise.all([
        hub.call('get', hidden, people.other),
        hub.call('get', missing, people.other),
      ]);
      expect(a.status).toBe(404);
      expect(a.body.error.message.replace('payments-api', 'none')).toBe(
        b.body.error.message,
      );
      expect({ ...a.body.error, message: '' }).toEqual({
        ...b.body.error,
        message: '',
      });
    }
  });

  it.each([
    ['owner', ['payments-api']],
    ['other', ['search-api']],
    ['platform', ['payments-api', 'search-api']],
    ['service', ['payments-api', 'search-api']],
    ['nobody', []],
  ] as const)('lists to %s only %j', async (caller, names) => {
    const { body } = await hub.call('get', '/services', people[caller]);
    expect(body.items.map((item: any) => item.title)).toEqual(names);
    expect(body.empty?.reason).toBe(names.length ? undefined : 'forbidden');
  });

  it('does not name services that the caller may not see', async () => {
    const whole = { from: '1970-01-01T00:00:00Z', to: '1971-01-01T00:00:00Z' };
    const answers = await Promise.all([
      hub.call('get', '/changes/c-shared', people.other),
      hub
        .call(
          'get',
          '/services/component/default/search-api/changes',
          people.other,
        )
        .query(whole),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('search-api');
      expect(JSON.stringify(body)).not.toContain('payments');
    }
  });

  it('asks for the service of a deployment alone, and says what came after it', async () => {
    const { body } = await hub.call(
      'get',
      '/deployments/d-payments',
      people.owner,
    );
    expect(body.deployment).toMatchObject({ id: 'd-payments' });
    // The one that the table above posted; that of another service is none.
    const { body: list } = await hub
      .call('get', `${payments}/deployments`, people.owner)
      .query({ from: '1970-01-01T00:00:00Z', to: '1971-01-01T00:00:00Z' });
    expect(list.items.map((item: any) => item.nextId)).toEqual([undefined]);
    expect(body.deployment.nextId).not.toBe('d-search');
  });

  it('lets nobody post for a service that is another team’s, whatever the policy says', async () => {
    for (const path of ['/deployments', '/events'] as const) {
      const row =
        routeTable[path === '/events' ? 'createEvent' : 'createDeployment'];
      const { status, body } = await hub
        .call('post', path, people.platform)
        .set(row.headers!)
        .send(row.body);
      expect([status, body.error?.message]).toEqual([
        403,
        expect.stringMatching(
          /Only owners may record this.*group:default\/payments/,
        ),
      ]);
    }
  });

  it('audits what is written and what is refused', async () => {
    hub.audit.length = 0;
    await hub
      .call('post', '/sources/git:gitops/control', people.other)
      .send({ action: 'pause' });
    await hub.call('get', `${payments}/summary`, people.other);
    await hub
      .call('post', '/sources/git:gitops/control', people.platform)
      .send({ action: 'pause' })
      .expect(200);
    await hub
      .call('post', '/sources/git:gitops/control', people.platform)
      .send({ action: 'run' })
      .expect(409);
    expect(hub.audit).toEqual([
      { eventId: 'control-source', status: 'failed', meta: { refused: true } },
      {
        eventId: 'get-service-summary',
        status: 'failed',
        meta: { refused: true },
      },
      {
        eventId: 'control-source',
        status: 'succeeded',
        meta: { id: 'git:gitops', action: 'pause' },
      },
      {
        eventId: 'control-source',
        status: 'failed',
        meta: { id: 'git:gitops', action: 'run' },
      },
    ]);
    await hub
      .call('post', '/sources/git:gitops/control', people.platform)
      .send({ action: 'resume' })
      .expect(200);
  });
});
