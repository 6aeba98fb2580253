import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { hookSource, signed } from '../__testUtils__/hookSource';
import { people } from '../__testUtils__/people';
import { startHub } from '../__testUtils__/startHub';
import { TestHub } from '../__testUtils__/testHub';
import { until } from '../__testUtils__/until';
import { MAX_WAITING } from './InboxRoom';
import { WebhookInbox } from './WebhookInbox';
import { webhookStanding } from './webhookStanding';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('bounds of the inbox on %s', id => {
  async function start(limits: { count: number; bytes: number }) {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const now = () => hub.time;
    const replica = () => WebhookInbox.create({ database, now, limits });
    const inbox = replica();
    const accept = (body: string, source = 'toy:a') =>
      inbox.accept({
        source,
        delivery: { headers: {}, body: Buffer.from(body) },
      });
    const waiting = (source = 'toy:a') =>
      database('webhook_delivery')
        .where({ source, state: 'waiting' })
        .orderBy('seq')
        .pluck('body');
    const standing = async () =>
      (
        await webhookStanding({
          database,
          sources: [hookSource({ id: 'toy:a' }), hookSource({ id: 'toy:b' })],
          now: now(),
        })
      ).get('toy:a');
    return { hub, database, inbox, replica, accept, waiting, standing };
  }

  it('turns away what finds too many waiting, counts it, and has room again', async () => {
    const { hub, inbox, replica, accept, waiting, standing } = await start({
      count: 3,
      bytes: 1_000,
    });
    for (const body of ['1', '2', '3']) {
      await accept(body);
    }
    await expect(accept('4')).rejects.toMatchObject({
      name: 'InboxFullError',
      statusCode: 503,
    });
    hub.time += 1_000;
    const other = replica().accept({
      source: 'toy:a',
      delivery: { headers: {}, body: Buffer.from('5') },
    });
    await expect(other).rejects.toThrow('send it again later');
    // The same again is kept already, and another source has its own room.
    await accept('2');
    await accept('1', 'toy:b');
    expect((await waiting()).map(String)).toEqual(['1', '2', '3']);
    expect(await standing()).toMatchObject({
      waiting: 3,
      waitingBytes: 3,
      turnedAway: { count: 2, lastAt: new Date(hub.time).toISOString() },
    });

    const claims = await inbox.claim('toy:a');
    await hub.database.transaction(transaction =>
      inbox.finish({ transaction, claims, rejected: false }),
    );
    hub.time += 1_000;
    await accept('4');
    expect((await waiting()).map(String)).toEqual(['4']);
    // A shortage of another day is counted anew; one of last week is told no more.
    hub.time += 25 * 3_600_000;
    await accept('5');
    await accept('6');
    await expect(accept('7')).rejects.toThrow();
    expect(await standing()).toMatchObject({ turnedAway: { count: 1 } });
    hub.time += 8 * 86_400_000;
    expect((await standing())?.turnedAway).toBeUndefined();
  });

  it('bounds bytes too, also of many that come at once', async () => {
    const { accept, waiting } = await start({ count: 1_000, bytes: 1_000 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => accept(`${at}`.padEnd(100, 'x'))),
    );
    const kept = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(kept).toHaveLength(10);
    expect(await waiting()).toHaveLength(10);
  });

  it('keeps one hint of those that wait, and another once it is taken up', async () => {
    const { hub, database, inbox, waiting } = await start(MAX_WAITING);
    const hint = async (body: string) =>
      inbox.accept({
        source: 'toy:a',
        delivery: { headers: {}, body: Buffer.from(body) },
        isHint: true,
      });
    for (let at = 0; at < 50; at += 1) {
      hub.time += 1;
      await hint(`hint ${at}`);
    }
    expect((await waiting()).map(String)).toEqual(['hint 0']);
    const { received_at } = await database('webhook_delivery').first();
    expect(Number(received_at)).toBe(hub.time);
    // Its reading may have begun before the next.
    await inbox.claim('toy:a');
    await hint('later');
    expect(await waiting()).toHaveLength(2);
  });

  it('knows how long those are that waited before there was a bound', async () => {
    const { database, accept } = await start(MAX_WAITING);
    const migration = {
      directory: resolvePackagePath(
        '@day2/backstage-plugin-day2-backend',
        'migrations',
      ),
      name: '20261121000130_inbox_bounds.js',
    };
    await accept('12345ä');
    await database.migrate.down(migration);
    await database.migrate.up(migration);
    expect(await database('webhook_delivery').pluck('bytes')).toEqual([7]);
  });

  it('tells the tool to send it again, and the Sources page how many', async () => {
    const database = await databases.init(id);
    const hub = await startHub({
      database,
      entities: () => [],
      sources: [hookSource({ id: 'toy:a' })],
    });
    try {
      await hub
        .call('post', '/sources/toy:a/control', people.platform)
        .send({ action: 'pause' })
        .expect(200);
      await database('webhook_delivery').insert({
        source: 'toy:a',
        body_hash: 'x',
        received_at: 1,
        headers: '{}',
        body: Buffer.from('{}'),
        bytes: MAX_WAITING.bytes,
        state: 'waiting',
      });
      const body = '{"items":[]}';
      const answer = await fetch(`${hub.url}/webhooks/toy:a`, {
        method: 'POST',
        body,
        headers: signed(body),
      });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([
        503,
        '60',
      ]);
      await until(async () => {
        const { body: listed } = await hub.call(
          'get',
          '/sources',
          people.platform,
        );
        const found = listed.items.find(
          (item: { id: string }) => item.id === 'toy:a',
        );
        return found.webhook.turnedAway?.count === 1;
      });
    } finally {
      await hub.stop();
    }
  });
});
