import { mockServices } from '@backstage/backend-test-utils';
import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import knexFactory, { type Knex } from 'knex';
import {
  measurement,
  objective,
  prometheus,
  usualTruth,
} from '../src/__testUtils__/objectives';
import { TestHub } from '../src/__testUtils__/testHub';
import { inTransaction } from '../src/database';
import { measurersOf } from '../src/objectives/measurers';
import { ObjectiveChartReads } from '../src/objectives/ObjectiveChartReads';
import { ObjectiveList } from '../src/objectives/ObjectiveList';
import { ObjectiveReads } from '../src/objectives/ObjectiveReads';
import { WantedMeasurements } from '../src/objectives/WantedMeasurements';
import { explainQueries } from './explainQueries';

const OBJECTIVES = Number(process.env.DAY2_BENCH_OBJECTIVES ?? 5_000);
const PER_SERVICE = 5;
const PER_BATCH = 50;
const PERIOD_DAYS = 30;
const CALLS = 21;
/** Slots come every five minutes: all that they cause must fit well into that. */
const LIMIT_S = Number(process.env.DAY2_BENCH_OBJECTIVES_S ?? 100);
const SOURCE = 'prometheus:main';

type Rows = [string, string][];

async function bench(database: Knex): Promise<{ rows: Rows; slowest: number }> {
  const hub = await TestHub.create(
    database,
    mockServices.rootLogger({ level: 'warn' }),
  );
  hub.configured = [prometheus()];
  const rows: Rows = [];
  const note = (name: string, value: string) => rows.push([name, value]);
  const seconds = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  const services = Math.ceil(OBJECTIVES / PER_SERVICE);
  await inTransaction(database, async transaction => {
    for (let n = 0; n < services; n += 1) {
      await transaction('service').insert({
        id: `s${n}`,
        created_at: 1,
        ref: `component:default/s${n}`,
        title: `Service ${n}`,
        kind: 'component',
        owner: `group:default/team-${n % 50}`,
        annotations: '{}',
        links: '[]',
        seen_at: 1,
      });
      await transaction('service_alias').insert({
        ref: `component:default/s${n}`,
        service_id: `s${n}`,
        valid_from: 1,
      });
    }
  });
  await hub.subjects.markDue({ all: true });
  for (let from = 0; from < OBJECTIVES; from += 500) {
    await hub.observe(
      'openslo:files',
      Array.from({ length: Math.min(500, OBJECTIVES - from) }, (_, i) => {
        const n = from + i;
        return objective({
          service: `s${Math.floor(n / PER_SERVICE)}`,
          name: `objective-${n % PER_SERVICE}`,
          query: `requests{n="${n}"}`,
          objective: {
            target: 0.995,
            period: { kind: 'rolling', lengthMs: PERIOD_DAYS * DAY_MS },
          },
        });
      }),
    );
  }
  note('objectives, s', (await seconds(() => hub.derive())).toFixed(1));
  hub.time += 90_000;
  const wanted = WantedMeasurements.create({ database, now: () => hub.time });

  /** All that is missing, as a source says it. */
  async function measure(): Promise<{ asking: number; taking: number }> {
    let asked: Awaited<ReturnType<typeof wanted.of>> = [];
    const asking = await seconds(async () => {
      asked = await wanted.of(SOURCE);
    });
    let taking = 0;
    for (let from = 0; from < asked.length; from += PER_BATCH) {
      const observations = asked
        .slice(from, from + PER_BATCH)
        .flatMap((each, i) =>
          each.missing.map(range =>
            measurement(each, range, usualTruth(from + i)),
          ),
        );
      taking += await seconds(() => hub.observe(SOURCE, observations));
    }
    return { asking, taking };
  }

  const past = await measure();
  note(`${PERIOD_DAYS + 3} days taken in, s`, past.taking.toFixed(1));
  note('all derived, s', (await seconds(() => hub.derive())).toFixed(1));
  const [{ bytes }] = await database('objective_day').select(
    database.raw('sum(length(slots)) as bytes'),
  );
  const [{ n }] = await database('objective_day').count({ n: '*' });
  note('bytes a day', (Number(bytes) / Number(n)).toFixed(0));

  hub.time += SLOT_MS;
  const slot = await measure();
  const began = process.cpuUsage();
  const deriving = await seconds(() => hub.derive());
  const { user, system } = process.cpuUsage(began);
  note('asked what is missing, ms', (slot.asking * 1000).toFixed(0));
  note('one slot more of all taken in, s', slot.taking.toFixed(1));
  note('all derived again, s', deriving.toFixed(1));
  note(
    'all derived again, s of a processor',
    (1e-6 * (user + system)).toFixed(1),
  );

  const measurers = measurersOf({
    configured: hub.configured.map(each => ({ ...each })),
    sources: hub.configured,
    now: hub.time,
  });
  const visible = { kind: 'all' } as const;
  const reads = ObjectiveReads.create({ database });
  const list = ObjectiveList.create({ database });
  const charts = ObjectiveChartReads.create({ database, environments: [] });
  const median = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < CALLS; i += 1) {
      times.push(1000 * (await seconds(work)));
    }
    return times.sort((a, b) => a - b)[(CALLS - 1) / 2].toFixed(1);
  };
  note(
    'page of 50 with facets, ms',
    await median(async () => {
      const page = await list.page({ visible, measurers, limit: 50 });
      await list.facets({ visible, measurers });
      await reads.shown({ rows: page.rows, visible, measurers });
    }),
  );
  note(
    'page of 50 in a state, ms',
    await median(() =>
      list.page({ visible, measurers, limit: 50, state: 'ok' }),
    ),
  );
  note(
    'all of a service, ms',
    await median(() => reads.allOf({ serviceId: 's1', measurers })),
  );
  const row = await database('objective').orderBy('id').first();
  note(
    `chart of ${PERIOD_DAYS} days, ms`,
    await median(() => charts.of({ row, visible, query: {}, now: hub.time })),
  );
  if (database.client.config.client === 'pg') {
    await database.raw('analyze');
    await explainQueries({
      database,
      work: {
        'objectives of a service': () =>
          reads.allOf({ serviceId: 's1', measurers }),
        'a chart': () => charts.of({ row, visible, query: {}, now: hub.time }),
        'series of an objective': () =>
          database('objective').whereIn('series_id', [row.series_id]),
      },
      large: ['objective', 'objective_day'],
    });
  }
  return { rows, slowest: slot.taking + deriving };
}

/** How long many objectives take: their past, one slot more of each, and reads. */
async function main(): Promise<void> {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  const databases: [string, Knex.Config][] = [
    [
      'SQLite',
      {
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      },
    ],
  ];
  if (url) {
    databases.push(['PostgreSQL', { client: 'pg', connection: url }]);
  }
  let slowest = 0;
  for (const [name, config] of databases) {
    const database = knexFactory(config);
    const result = await bench(database);
    console.log(`\n| ${OBJECTIVES} objectives | ${name} |\n|---|--:|`);
    result.rows.forEach(cells => console.log(`| ${cells.join(' | ')} |`));
    slowest = Math.max(slowest, result.slowest);
    await database.destroy();
  }
  if (slowest > LIMIT_S) {
    throw new Error(
      `A slot of all took ${slowest.toFixed(1)} s, more than ${LIMIT_S} s`,
    );
  }
}

if (require.main === module) {
  main().then(
    () => process.exit(0),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
}
