import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openSharedDatabase } from '../__testUtils__/openSharedDatabase';
import { startChild } from '../__testUtils__/startChild';
import { TestHub } from '../__testUtils__/testHub';
import { WebhookInbox } from './WebhookInbox';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const KILLS = 3;
const DELIVERIES = 600;
const KEYS = 40;

describe.each(databases.eachSupportedId())('webhooks and kill -9 on %s', id => {
  let directory: string;
  let opened: Knex | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'day2-hooks-'));
  });
  afterEach(async () => {
    await opened?.destroy();
    await rm(directory, { recursive: true, force: true });
  });

  it(`${KILLS} times while deliveries are taken in loses none and doubles none`, async () => {
    const { database, config } = await openSharedDatabase({
      databases,
      id,
      directory,
    });
    opened = database;
    await TestHub.create(database);
    const inbox = WebhookInbox.create({ database, now: Date.now });
    for (let at = 0; at < DELIVERIES; at += 1) {
      const version = Math.floor(at / KEYS);
      const items = [{ key: `k${at % KEYS}`, version, title: `v${version}` }];
      await inbox.accept({
        source: 'toy:a',
        delivery: { headers: {}, body: Buffer.from(JSON.stringify({ items })) },
      });
    }
    const module = require.resolve('../__testUtils__/webhookChild');
    const waiting = async () =>
      Number(
        (
          await database('webhook_delivery')
            .where({ state: 'waiting' })
            .count({ n: '*' })
        )[0].n,
      );
    let inTheMiddle = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const run = startChild({
        module,
        told: { knex: config, pauseMs: 80 },
        // In its third transaction: two are committed.
        lines: 3,
      });
      await run.working;
      await setTimeout(Math.round(Math.random() * 100));
      run.child.kill('SIGKILL');
      await run.ended;
      const left = await waiting();
      inTheMiddle += left > 0 && left < DELIVERIES ? 1 : 0;
    }
    const last = startChild({ module, told: { knex: config, pauseMs: 0 } });
    expect([await last.ended, last.errors()]).toEqual([0, '']);
    expect(inTheMiddle).toBe(KILLS);

    const states = await database('webhook_delivery').distinct().pluck('state');
    expect(states).toEqual(['done']);
    const rows = await database('observation').select('key', 'payload');
    expect(rows.map(({ payload }) => JSON.parse(payload).title)).toEqual(
      Array(KEYS).fill(`v${DELIVERIES / KEYS - 1}`),
    );
    // Counted once, however often each was begun.
    const { counts } = await database('source').first('counts');
    expect(JSON.parse(counts)).toEqual({ incident: KEYS });
  });
});
