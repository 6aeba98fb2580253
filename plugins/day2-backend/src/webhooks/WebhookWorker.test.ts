import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { hookSource } from '../__testUtils__/hookSource';
import { TestHub } from '../__testUtils__/testHub';
import { WebhookInbox } from './WebhookInbox';
import { WebhookWorker } from './WebhookWorker';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const CLAIM_MS = 10_000;
const DAY = 86_400_000;

describe.each(databases.eachSupportedId())('WebhookWorker on %s', id => {
  async function start() {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const now = () => hub.time;
    const replica = (
      options: {
        sources?: Source[];
        applyDelivered?: TestHub['ingest']['applyDelivered'];
      } = {},
    ) => {
      const inbox = WebhookInbox.create({ database, now, claimMs: CLAIM_MS });
      const logger = mockServices.logger.mock();
      const worker = WebhookWorker.create({
        database,
        inbox,
        ingest: {
          applyDelivered:
            options.applyDelivered ?? (each => hub.ingest.applyDelivered(each)),
        },
        sources: options.sources ?? [hookSource({ id: 'toy:a' })],
        onApplied: () => {},
        onHint: async () => {},
        logger,
        now,
      });
      return { inbox, worker, logger };
    };
    const { inbox } = replica();
    const accept = async (title: string, version = 1, key = 'k') =>
      inbox.accept({
        source: 'toy:a',
        delivery: {
          headers: {},
          body: Buffer.from(
            JSON.stringify({ items: [{ key, version, title }] }),
          ),
        },
      });
    const known = async () =>
      (await database('observation').orderBy('key').select('*')).map(
        ({ key, version, payload }) =>
          `${key} ${version} ${JSON.parse(payload).title}`,
      );
    const states = async () =>
      (await database('webhook_delivery').orderBy('seq').select('state')).map(
        ({ state }) => state,
      );
    return { hub, database, inbox, replica, accept, known, states };
  }

  it('another takes over what was claimed by one that was killed', async () => {
    const { hub, inbox, replica, accept, known, states } = await start();
    await accept('one');
    // Killed between the claim and the commit.
    const [dead] = await inbox.claim('toy:a');
    const { worker } = replica();
    await worker.runUntilIdle();
    expect(await known()).toEqual([]);

    hub.time += CLAIM_MS;
    await worker.runUntilIdle();
    expect([await known(), await states()]).toEqual([['k 1 one'], ['done']]);

    // It was not dead, only slow.
    const late = hub.ingest.applyDelivered({
      sourceId: 'toy:a',
      observations: [],
      settle: async transaction =>
        inbox.finish({ transaction, claims: [dead], rejected: false }),
    });
    await expect(late).rejects.toMatchObject({ name: 'ClaimLostError' });
  });

  it('what fails after its records are written leaves none of them', async () => {
    const { database, hub, replica, accept, known, states } = await start();
    await accept('one');
    const applier = async (
      delivered: Parameters<typeof hub.ingest.applyDelivered>[0],
    ) => {
      // The commit does not come: the last word of the transaction fails.
      await database.transaction(async transaction => {
        await delivered.settle?.(transaction, { rejected: 0 });
        throw Object.assign(new Error('k 1 one'), { code: 'XX000' });
      });
      throw new Error('not reached');
    };
    const { worker, logger } = replica({ applyDelivered: applier });
    await worker.runUntilIdle();
    expect([await known(), await states()]).toEqual([[], ['waiting']]);
    // What a database says may hold what was delivered.
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('k 1 one');

    // Tried again later, not at once.
    const well = replica();
    await well.worker.runUntilIdle();
    expect(await known()).toEqual([]);
    hub.time += 1_000;
    await well.worker.runUntilIdle();
    expect([await known(), await states()]).toEqual([['k 1 one'], ['done']]);
  });

  it('one that never can be stored is set aside, and the others land', async () => {
    const { database, hub, replica, accept, known, states } = await start();
    await accept('poison', 1, 'a');
    await accept('good', 1, 'b');
    const { worker } = replica({
      applyDelivered: async delivered => {
        if (JSON.stringify(delivered.observations).includes('poison')) {
          throw Object.assign(new Error('no'), { code: '22021' });
        }
        return hub.ingest.applyDelivered(delivered);
      },
    });
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await worker.runUntilIdle();
      expect([await known(), await states()]).toEqual([
        [],
        ['waiting', 'waiting'],
      ]);
      hub.time += 2 ** attempt * 1_000;
    }
    await worker.runUntilIdle();
    expect([await known(), await states()]).toEqual([
      [],
      ['set-aside', 'waiting'],
    ]);
    await worker.runUntilIdle();
    expect([await known(), await states()]).toEqual([
      ['b 1 good'],
      ['set-aside', 'done'],
    ]);
    const [{ reason }] = await database('quarantine').select('reason');
    expect(reason).toContain('could not be stored');
  });

  it('one replica at a time takes those of a source, in their order', async () => {
    const { hub, inbox, replica, accept } = await start();
    const order: string[] = [];
    const applyDelivered: TestHub['ingest']['applyDelivered'] = async each => {
      order.push(...each.observations.map(said => (said as any).title));
      return hub.ingest.applyDelivered(each);
    };
    for (let at = 0; at < 45; at += 1) {
      await accept(`${at}`, at, `k${at}`);
    }
    const mine = await inbox.claim('toy:a');
    expect(mine).toHaveLength(20);
    expect(await inbox.claim('toy:a')).toEqual([]);
    await inbox.release(mine);

    const replicas = [1, 2, 3].map(() => replica({ applyDelivered }).worker);
    await Promise.all(replicas.map(worker => worker.runUntilIdle()));
    await replicas[0].runUntilIdle();
    expect(order).toEqual(Array.from({ length: 45 }, (_, at) => `${at}`));
  });

  it('one that sends much keeps no other waiting', async () => {
    const { hub, inbox, replica, accept } = await start();
    const order: string[] = [];
    for (let at = 0; at < 45; at += 1) {
      await accept(`${at}`, at, `k${at}`);
    }
    const items = [{ key: 'k', version: 1, title: 'x' }];
    await inbox.accept({
      source: 'toy:b',
      delivery: { headers: {}, body: Buffer.from(JSON.stringify({ items })) },
    });
    const { worker } = replica({
      sources: [hookSource({ id: 'toy:a' }), hookSource({ id: 'toy:b' })],
      applyDelivered: async each => {
        order.push(`${each.sourceId} ${each.observations.length}`);
        return hub.ingest.applyDelivered(each);
      },
    });
    await worker.runUntilIdle();
    expect(order).toEqual(['toy:a 20', 'toy:b 1', 'toy:a 20', 'toy:a 5']);
  });

  it('a delivery of many items is taken in by parts, wholly', async () => {
    const { inbox, replica, known, states } = await start();
    const items = Array.from({ length: 350 }, (_, at) => ({
      key: `k${1_000 + at}`,
      version: 1,
      title: 'x',
    }));
    await inbox.accept({
      source: 'toy:a',
      delivery: { headers: {}, body: Buffer.from(JSON.stringify({ items })) },
    });
    await replica().worker.runUntilIdle();
    expect(await known()).toHaveLength(350);
    expect(await states()).toEqual(['done']);
  });

  it('a listing that was under way does not sweep what was delivered meanwhile', async () => {
    const { database, hub, replica, accept } = await start();
    const begun = { id: 'p1' };
    await hub.observe('toy:a', [], { pass: begun });
    await accept('one');
    await replica().worker.runUntilIdle();
    await hub.observe('toy:a', [], { pass: { ...begun, complete: true } });
    const withdrawn = () =>
      database('observation').whereNotNull('withdrawn_at').pluck('key');
    expect(await withdrawn()).toEqual([]);
  });

  it('deletes bodies after 7 days, the rest after 30, but nothing that waits', async () => {
    const { database, hub, inbox, replica, accept } = await start();
    const rows = async () =>
      (await rowsOf(database)).map(({ state, body }) =>
        [state, body ? 'kept' : 'deleted'].join(' '),
      );
    await accept('done');
    await replica().worker.runUntilIdle();
    await accept('waits');
    const clean = () => inbox.clean({ sources: ['toy:a'] });
    hub.time += 7 * DAY - 1;
    await clean();
    expect(await rows()).toEqual(['done kept', 'waiting kept']);
    hub.time += 1;
    await clean();
    expect(await rows()).toEqual(['done deleted', 'waiting kept']);
    hub.time += 23 * DAY;
    await clean();
    expect(await rows()).toEqual(['waiting kept']);
    // Its source is no more.
    await inbox.clean({ sources: [] });
    expect(await rows()).toEqual([]);
  });
});

async function rowsOf(database: Knex): Promise<Record<string, any>[]> {
  return database('webhook_delivery').orderBy('seq').select('*');
}
