import { TestDatabases } from '@backstage/backend-test-utils';
import { deployment } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { DEFINITIONS } from './definitions';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const HOUR = 3600_000;
const START = Date.parse('2026-10-01T00:00:00Z');
const SERVICES = 60;
/** In two environments each: more than are marked at once. */
const SEQUENCES = 2 * SERVICES;
const RAISED = DEFINITIONS + 1;

describe.each(databases.eachSupportedId())('other definitions on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });

  async function fill(services: number): Promise<void> {
    const names = Array.from({ length: services }, (_, at) => `service-${at}`);
    for (const name of names) {
      await hub.addService({
        id: name,
        ref: `component:default/${name}`,
        annotations: { 'day2/gitops-path': `apps/${name}/**` },
      });
    }
    await hub.observe(
      'git:a',
      names.flatMap(name =>
        ['prod', 'staging'].flatMap(environment =>
          [1, 2].map(n =>
            deployment({
              key: `${name} ${environment} ${n}`,
              application: name,
              environment,
              versionName: `v${n}`,
              finishedAt: START + n * 30 * HOUR,
            }),
          ),
        ),
      ),
    );
    await hub.derive();
  }

  /** What is stored is wrong, as if a definition had said so. */
  async function spoil(): Promise<void> {
    await hub.database('delivery').update({ is_failed: true });
    await hub.database('delivery_cell').update({ counts: '{"failed":9}' });
  }

  async function stored() {
    const rows = await hub
      .database('delivery')
      .orderBy(['service_id', 'environment', 'finished_at']);
    const cells = await hub
      .database('delivery_cell')
      .orderBy(['service_id', 'environment', 'day'])
      .select('service_id', 'environment', 'day', 'counts');
    return {
      cells,
      deliveries: rows.map(row => ({
        ...row,
        derived_from: row.derived_from.replace(/^\d+:/, ''),
      })),
    };
  }

  async function definitions(): Promise<number[]> {
    return await hub
      .database('derived_sequence')
      .distinct()
      .orderBy('definitions')
      .pluck('definitions');
  }

  it('derive all again after a restart, and only then', async () => {
    await fill(SERVICES);
    const right = await stored();
    expect(right.deliveries).toHaveLength(2 * SEQUENCES);
    expect(right.cells).toHaveLength(2 * SEQUENCES);
    await spoil();
    const wrong = await stored();

    const same = hub.replica();
    expect((await same.worker.pending()).sequences).toBe(0);
    await same.derive();
    expect(await stored()).toEqual(wrong);

    // All that is left is told, of which a slice is marked.
    const raised = hub.replica({ definitions: RAISED });
    expect((await raised.worker.pending()).sequences).toBe(SEQUENCES);
    await raised.derive();
    expect((await raised.worker.pending()).sequences).toBe(0);
    expect(await stored()).toEqual(right);
    expect(await definitions()).toEqual([RAISED]);
    expect(await hub.database('dirty_sequence')).toEqual([]);
    expect(await hub.database('dirty_delivery_cell')).toEqual([]);

    await spoil();
    await hub.replica({ definitions: RAISED }).derive();
    expect(await stored()).toEqual(wrong);
  });

  it('lose none where it ends half way, and mark a few at a time', async () => {
    await fill(SERVICES);
    const right = await stored();
    await spoil();
    const left: number[] = [];
    const most: number[] = [];
    // Each start works for a while; the first has not marked all by then.
    for (let start = 0; start < 30; start += 1) {
      const raised = hub.replica({ definitions: RAISED });
      const stop = new AbortController();
      let written = 0;
      const count = ({ sql }: { sql: string }) => {
        written += /insert into .derived_sequence/.test(sql) ? 1 : 0;
        if (written === 7) {
          stop.abort();
        }
      };
      hub.database.on('query', count);
      await raised.worker.runUntilIdle({ signal: stop.signal });
      hub.database.off('query', count);
      left.push((await raised.worker.pending()).sequences);
      most.push((await hub.database('dirty_sequence')).length);
      if (left.at(-1) === 0) {
        break;
      }
    }
    expect(left[0]).toBe(SEQUENCES - 7);
    expect(most[0]).toBeLessThan(left[0]);
    expect(left.at(-1)).toBe(0);
    // Each start went on where the one before had ended.
    expect(left.length).toBeLessThan(25);
    await hub.replica({ definitions: RAISED }).derive();
    expect(await stored()).toEqual(right);
  });

  it('are found again where a replica of an older release undid them', async () => {
    await fill(2);
    const right = await stored();
    const raised = hub.replica({ definitions: RAISED });
    await raised.derive();
    await hub.observe('git:a', [
      deployment({
        key: 'late',
        application: 'service-1',
        versionName: 'v3',
        finishedAt: START + 100 * HOUR,
      }),
    ]);
    await hub.derive();
    expect(await definitions()).toEqual([DEFINITIONS, RAISED]);
    // It has nothing to do with what newer ones gave.
    expect((await hub.worker.pending()).sequences).toBe(0);
    expect((await raised.worker.pending()).sequences).toBe(1);
    await raised.derive();
    expect(await definitions()).toEqual([RAISED]);
    expect((await stored()).deliveries).toHaveLength(
      right.deliveries.length + 1,
    );
    const versions = (await hub.database('delivery')).map(row =>
      Number(row.derived_from.split(':')[0]),
    );
    expect(new Set(versions)).toEqual(new Set([RAISED]));
  });

  it('are tried again where a sequence cannot be derived, and keep none of the others', async () => {
    await fill(2);
    const right = await stored();
    await spoil();
    const broken = hub
      .database('observation')
      .where({ key: 'service-0 prod 1' });
    const { payload } = await broken.clone().first('payload');
    await broken.clone().update({ payload: '{not JSON' });

    const raised = hub.replica({ definitions: RAISED });
    await raised.derive();
    expect((await raised.worker.pending()).sequences).toBe(1);
    expect(await raised.worker.failed()).toBe(1);
    expect(await definitions()).toEqual([DEFINITIONS, RAISED]);

    await broken.clone().update({ payload });
    raised.time += 10_001;
    await raised.derive();
    expect((await raised.worker.pending()).sequences).toBe(0);
    expect(await stored()).toEqual(right);
  });
});
