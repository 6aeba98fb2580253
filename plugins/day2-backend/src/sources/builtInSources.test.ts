import { TestDatabases } from '@backstage/backend-test-utils';
import {
  contract,
  type SourceStatus,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('built-in sources on %p', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startHub>>;

  beforeEach(async () => {
    database = await databases.init(id);
    hub = await startHub({
      database,
      entities: () => [component('cart', 'payments')],
      sources: [sourceOf({ id: 'git:gitops' })],
    });
  });

  afterEach(async () => {
    await hub.stop();
  });

  const list = async () => {
    const { body } = await hub.call('get', '/sources', people.platform);
    return body.items as SourceStatus[];
  };
  const source = async (wanted: string) =>
    (await list()).find(each => each.id === wanted);

  it('are listed after the configured ones', async () => {
    expect((await list()).map(each => each.id)).toEqual([
      'git:gitops',
      'openslo:catalog',
      'catalog',
      'api',
    ]);
    expect(await source('api')).toMatchObject({
      type: 'api',
      state: 'never-run',
      controls: [],
    });
  });

  it('say what ails the catalog', async () => {
    await database('source')
      .insert({ id: 'catalog' })
      .onConflict('id')
      .ignore();
    await database('source')
      .where('id', 'catalog')
      .update({
        expires_at: Date.now() + 3_600_000,
        last_attempt_at: Date.now(),
        failing_since: Date.now(),
        error: JSON.stringify({ code: 'internal', text: 'It went away' }),
        cursor: JSON.stringify({ dropSince: Date.UTC(2026, 0, 2) }),
      });
    expect(await source('catalog')).toMatchObject({
      state: 'failing',
      error: { text: 'It went away' },
      notices: [
        expect.stringMatching(/far fewer services.*2026-01-02T00:00 UTC/),
      ],
      controls: ['run'],
    });
  });

  it('let the catalog be read now, and nothing else be asked', async () => {
    const control = (of: string, action: string) =>
      hub
        .call('post', `/sources/${of}/control`, people.platform)
        .send({ action });
    const run = await control('catalog', 'run');
    expect([run.status, run.body]).toEqual([
      200,
      { done: 'The catalog is read now' },
    ]);
    for (const [of, action] of [
      ['catalog', 'pause'],
      ['api', 'run'],
    ]) {
      const refused = await control(of, action);
      expect([refused.status, refused.body.error.message]).toEqual([
        400,
        expect.stringContaining('part of the portal itself'),
      ]);
    }
  });
});

describe('a portal with mistakes in app-config', () => {
  it('starts, says them on Sources, and goes on with the rest', async () => {
    const hub = await startHub({
      database: await databases.init('SQLITE_3'),
      entities: () => [component('cart', 'payments')],
      sources: [
        sourceOf({ id: 'git:never', everySeconds: 1e300 }),
        sourceOf({ id: 'git:nan', everySeconds: Number.NaN }),
      ],
      config: {
        day2: {
          environments: [
            'production',
            { name: 'lab', tier: 'prod' },
            { name: 'live', tier: 'production' },
          ],
        },
      },
    });
    const [sources, environments] = await Promise.all([
      hub.call('get', '/sources', people.platform),
      hub.call('get', '/environments', people.platform),
    ]);
    await hub.stop();
    expect(environments.body.items).toEqual([
      { name: 'live', tier: 'production' },
    ]);
    expect(contract.listSources.response.parse(sources.body).items).toEqual([
      expect.objectContaining({
        id: 'configuration',
        state: 'failing',
        error: expect.objectContaining({
          code: 'misconfigured',
          text: '2 settings are wrong',
        }),
        notices: [
          expect.stringContaining('day2.environments[0] in app-config must be'),
          expect.stringContaining('day2.environments[1].tier in app-config'),
        ],
        controls: [],
      }),
      expect.objectContaining({
        id: 'git:never',
        everySeconds: 31 * 86_400,
        notices: [expect.stringContaining('`every`')],
      }),
      expect.objectContaining({ id: 'git:nan', everySeconds: 60 }),
      expect.objectContaining({ id: 'openslo:catalog', everySeconds: 900 }),
      expect.objectContaining({ id: 'catalog' }),
      expect.objectContaining({ id: 'api' }),
    ]);
  });
});
