import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { differences, dumpTables } from '../__testUtils__/dumpTables';
import type { KillChildOptions } from '../__testUtils__/killChild';
import { openSharedDatabase } from '../__testUtils__/openSharedDatabase';
import { worldOf } from '../__testUtils__/shuffledWorld';
import { startChild } from '../__testUtils__/startChild';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const KILLS = 5;
const WORLD = { seed: 7, commits: 900, deployments: 250 };

const CHILD = require.resolve('../__testUtils__/killChild');

function startHubChild(told: KillChildOptions) {
  return startChild({ module: CHILD, told });
}

describe.each(databases.eachSupportedId())('kill -9 on %s', id => {
  let directory: string;
  const open: Knex[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'day2-kill-'));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(each => each.destroy()));
    await rm(directory, { recursive: true, force: true });
  });

  async function hubIn(): Promise<{ hub: TestHub; config: Knex.Config }> {
    const { database, config } = await openSharedDatabase({
      databases,
      id,
      directory,
    });
    open.push(database);
    const hub = await TestHub.create(database);
    for (const [i, name] of ['payments-api', 'cart', 'ledger'].entries()) {
      await hub.addService({
        id: `s${i}`,
        ref: `component:default/${name}`,
        annotations: { 'github.com/project-slug': 'tern/payments' },
      });
    }
    return { hub, config };
  }

  it(`${KILLS} times in mid-ingest loses nothing and doubles nothing`, async () => {
    const calm = await hubIn();
    const undisturbed = startHubChild({
      ...WORLD,
      knex: calm.config,
      pauseMs: 0,
    });
    expect([await undisturbed.ended, undisturbed.errors()]).toEqual([0, '']);
    const expected = await dumpTables(calm.hub.database);
    const keys = new Set(
      worldOf(WORLD.seed, WORLD).map(each => 'key' in each && each.key),
    );
    expect(expected.observation.length + expected.git_commit.length).toBe(
      keys.size,
    );
    expect(keys.size).toBeGreaterThan(2500);
    expect(expected.deployment.length).toBeGreaterThan(300);

    const rough = await hubIn();
    const moments: number[] = [];
    let inTheMiddle = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const run = startHubChild({ ...WORLD, knex: rough.config, pauseMs: 60 });
      await run.working;
      const moment = Math.round(Math.random() * 700);
      moments.push(moment);
      await setTimeout(moment);
      run.child.kill('SIGKILL');
      await run.ended;
      const landed = (
        await rough.hub.database('observation').count({ n: '*' })
      )[0].n;
      const left = Object.values(await rough.hub.worker.pending());
      if (Number(landed) > 0 && left.some(n => n > 0)) {
        inTheMiddle += 1;
      }
    }
    const last = startHubChild({ ...WORLD, knex: rough.config, pauseMs: 0 });
    expect([await last.ended, last.errors()]).toEqual([0, '']);

    // The moments tell how to see a failure again.
    expect({
      moments,
      differences: differences(await dumpTables(rough.hub.database), expected),
    }).toEqual({ moments, differences: {} });
    expect(inTheMiddle).toBeGreaterThan(0);
    const dangling = await rough.hub
      .database('record_alias')
      .leftJoin('deployment', 'deployment.id', 'record_alias.record_id')
      .whereNull('deployment.id');
    expect(dangling).toEqual([]);
  });
});
