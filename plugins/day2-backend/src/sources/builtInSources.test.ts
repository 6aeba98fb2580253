import { TestDatabases } from '@backstage/backend-test-utils';
import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
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
