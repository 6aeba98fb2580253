import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  keptDeliveryOf,
  type KeptDelivery,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { inTransaction, migrateDatabase } from '../database';
import { DeriveFailures } from '../derive/DeriveFailures';
import { CellWorker } from './CellWorker';
import { deliveryStore, derivedFromOf } from './deliveryStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const HOUR = 3600_000;
const FINISHED = Date.parse('2026-10-05T12:00:00Z');
const sequence = { serviceId: 'a', environment: 'production' };

function failed(
  id: string,
  recovery: Partial<NonNullable<KeptDelivery['recovery']>>,
): KeptDelivery {
  return keptDeliveryOf({
    id,
    finishedAt: FINISHED,
    basis: 'synced',
    rollout: 'succeeded',
    countsAsDeployment: true,
    wentLive: true,
    isRollback: false,
    isFailed: true,
    isRework: false,
    isFirst: false,
    lead: {
      commits: [{ seconds: 60 }, { seconds: 7200 }],
      anomalies: { length: 1 },
      merges: 2,
      earlier: 3,
      expected: true,
      measured: true,
    },
    recovery: {
      failureStartedAt: FINISHED,
      anomaly: false,
      how: 'open',
      ...recovery,
    },
    suspected: { failed: false, rework: false, recovery: true },
    reasons: {
      deployment: [{ code: 'counts', text: 'It counts' }],
      failed: [{ code: 'rolled-back', text: 'It was rolled back' }],
      rework: [],
      lead: [],
      recovery: [],
    },
  });
}

describe.each(databases.eachSupportedId())('stored deliveries on %s', id => {
  let database: Knex;

  beforeEach(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
  });

  async function replace(after: KeptDelivery[], definitions = 1) {
    const before = [...(await deliveryStore.load(database, sequence)).values()];
    await inTransaction(database, transaction =>
      deliveryStore.replace(transaction, {
        sequence,
        before,
        after: after.map(delivery => ({
          delivery,
          derivedFrom: derivedFromOf(definitions, 'same'),
        })),
        now: 1,
      }),
    );
  }

  it('are what was derived, whenever the failure began', async () => {
    const derived = [
      failed('later', { failureStartedAt: FINISHED + HOUR }),
      failed('before', {
        failureStartedAt: FINISHED - HOUR,
        restoredAt: FINISHED + HOUR,
        seconds: 7200,
        how: 'fix',
        restoredById: 'later',
      }),
      failed('ended before it began', {
        failureStartedAt: FINISHED + 2 * HOUR,
        restoredAt: FINISHED,
        anomaly: true,
        how: 'rollback',
        restoredById: 'later',
      }),
      failed('ended with its incident', {
        failureStartedAt: FINISHED + HOUR,
        restoredAt: FINISHED + 3 * HOUR,
        seconds: 7200,
        how: 'incident',
        incidentId: 'i',
      }),
      keptDeliveryOf({
        ...failed('no failure', {}),
        isFailed: false,
        recovery: undefined,
      }),
    ];
    await replace(derived);
    const stored = await deliveryStore.load(database, sequence);
    for (const each of derived) {
      // As text: so it is told whether anything has to be written.
      expect(JSON.stringify(stored.get(each.id)?.delivery)).toBe(
        JSON.stringify(each),
      );
    }
  });

  it('tell their cell since when the oldest failure is open', async () => {
    const began = FINISHED - 2 * DAY_MS;
    await replace([
      failed('one', { failureStartedAt: FINISHED + HOUR }),
      failed('other', { failureStartedAt: began }),
    ]);
    const options = {
      database,
      logger: mockServices.logger.mock(),
      now: () => 2,
      claimMs: 1_000,
    };
    await CellWorker.create({
      ...options,
      failures: DeriveFailures.create(options),
    }).runChunk();
    const [cell, ...more] = await database('delivery_cell');
    expect(more).toEqual([]);
    expect(Number(cell.oldest_open_at)).toBe(began);
  });

  it('have their days summed anew by other definitions, though they are the same', async () => {
    const marked = () => database('dirty_delivery_cell').pluck('day');
    await replace([failed('one', {})]);
    await database('dirty_delivery_cell').delete();
    await replace([failed('one', {})]);
    expect(await marked()).toEqual([]);
    await replace([failed('one', {})], 2);
    expect(await marked()).toEqual([Math.floor(FINISHED / DAY_MS)]);
  });
});
