import { TestDatabases } from '@backstage/backend-test-utils';
import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import {
  SourceError,
  type AlertRule,
  type MetricReader,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { hurried } from '../__testUtils__/hurried';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const rule: AlertRule = {
  name: 'HighErrors',
  group: 'errors',
  query: 'errors > 1',
  durationSeconds: 60,
  labels: {},
  annotations: {},
  state: 'inactive',
  alerts: [],
};
const firing: AlertRule = {
  ...rule,
  state: 'firing',
  alerts: [
    {
      labels: { pod: 'a' },
      annotations: { summary: 'Errors' },
      state: 'firing',
      activeAt: Date.UTC(2026, 10, 21),
      value: 3,
    },
  ],
};

/** A tool that answers what it is told to, and counts what it is asked. */
function fakeReader() {
  const asked: string[] = [];
  const reader = {
    asked,
    rulesRead: 0,
    rules: async (): Promise<AlertRule[]> => [firing],
    answer: async (query: string): ReturnType<MetricReader['queryRange']> => ({
      series: [
        { labels: { instance: query }, points: [{ at: Date.now(), value: 1 }] },
      ],
    }),
    queryRange: async ({ query }: { query: string }) => {
      asked.push(query);
      return await reader.answer(query);
    },
    alertRules: async () => {
      reader.rulesRead += 1;
      return await reader.rules();
    },
  };
  return reader;
}

const metricSource = (
  name: string,
  metrics: MetricReader,
  isDefault: boolean,
): Source => ({
  ...sourceOf({ id: `prometheus:${name}`, kinds: ['measurement'] }),
  title: `Prometheus ${name}`,
  url: `https://${name}.example`,
  measures: { names: [name], isDefault },
  metrics,
});

describe.each(databases.eachSupportedId())('metrics on %s', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startHub>>;
  const main = fakeReader();
  const other = fakeReader();

  beforeAll(async () => {
    database = await databases.init(id);
    const options = {
      database,
      entities: () => [
        component('payments-api', 'payments', {
          'prometheus.io/alert': 'HighErrors,Gone',
          'prometheus.io/rule': 'up|instance,sum by (a, b) (x),broken{',
        }),
        component('plain-api', 'payments'),
        component('lost-api', 'payments', {
          'prometheus.io/rule': 'up',
          'prometheus.io/service-name': 'nowhere',
        }),
        component('other-api', 'payments', {
          'prometheus.io/rule': 'up',
          'prometheus.io/service-name': 'other',
        }),
      ],
      sources: [
        metricSource('main', main, true),
        metricSource('other', other, false),
      ],
    };
    hub = await hurried(() => startHub(options));
  });
  afterAll(() => hub?.stop());

  type Answer = OperationOutput<'getServiceMetrics'>;
  async function metrics(name: string, query = ''): Promise<Answer> {
    const { body } = await hub
      .call(
        'get',
        `/services/component/default/${name}/metrics${query}`,
        people.owner,
      )
      .expect(200);
    return body;
  }
  const due = () => database('alert_reading').update({ next_at: 0 });

  it('reads rules of the source whose alerts a service names, and of no other', async () => {
    let answer: Answer | undefined;
    await until(async () => {
      answer = await metrics('payments-api');
      return answer.alerts?.asOf !== undefined;
    });
    expect(answer).toMatchObject({
      source: {
        id: 'prometheus:main',
        title: 'Prometheus main',
        url: 'https://main.example',
      },
      alerts: {
        items: [
          {
            name: 'HighErrors',
            state: 'firing',
            value: 3,
            labels: { pod: 'a' },
            annotations: { summary: 'Errors' },
            activeAt: '2026-11-21T00:00:00.000Z',
          },
        ],
        missing: ['Gone'],
      },
    });
    expect(answer?.alerts?.stale).toBeUndefined();
    expect([main.rulesRead, other.rulesRead]).toEqual([1, 0]);
  });

  it('reads none while a page loads', async () => {
    const before = main.rulesRead;
    await Promise.all(
      Array.from({ length: 10 }, () => metrics('payments-api')),
    );
    expect(main.rulesRead).toBe(before);
  });

  it('asks for the queries that the service names, once for all who look', async () => {
    main.asked.length = 0;
    main.answer = async query => {
      if (query === 'broken{') {
        throw new SourceError({
          code: 'bad-answer',
          message: 'Prometheus refuses its query: parse error',
        });
      }
      return {
        series: [{ labels: { instance: query }, points: [] }],
        leftOut: 3,
      };
    };
    const range =
      '?from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z&query=secret';
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => metrics('payments-api', range)),
    );
    expect(main.asked.sort()).toEqual(['broken{', 'sum by (a, b) (x)', 'up']);
    for (const { charts } of answers) {
      expect(charts).toMatchObject([
        {
          query: 'up',
          dimension: 'instance',
          from: '2026-11-20T10:00:00.000Z',
          stepSeconds: 15,
          series: [{ name: 'up' }],
          seriesLeftOut: 3,
          asOf: expect.any(String),
        },
        { query: 'sum by (a, b) (x)' },
        {
          query: 'broken{',
          series: [],
          error: 'Prometheus refuses its query: parse error',
        },
      ]);
      expect(charts[0].series[0].values).toHaveLength(241);
      expect(charts[2].asOf).toBeUndefined();
    }
  });

  it('says what is named nowhere, and where nothing is named', async () => {
    expect(await metrics('plain-api')).toMatchObject({
      charts: [],
      empty: { reason: 'annotation-missing' },
    });
    expect(await metrics('lost-api')).toMatchObject({
      charts: [],
      empty: {
        reason: 'source-not-configured',
        text: 'No Prometheus named nowhere is configured in this portal',
      },
    });
    const named = await metrics('other-api');
    expect(named.source?.id).toBe('prometheus:other');
    expect(named.alerts).toBeUndefined();
    expect(other.asked).toEqual(['up']);
  });

  it('keeps what it knew while the tool is silent, says so, and recovers', async () => {
    main.rules = async () => {
      throw new SourceError({
        code: 'unreachable',
        message: 'Prometheus main did not answer.',
      });
    };
    await due();
    let answer: Answer | undefined;
    await until(async () => {
      answer = await metrics('payments-api');
      return answer.alerts?.stale !== undefined;
    });
    expect(answer?.alerts).toMatchObject({
      items: [{ state: 'firing' }],
      stale: {
        reason: 'source-unreachable',
        text: 'Prometheus main could not be read: Prometheus main did not answer.',
        since: expect.any(String),
      },
    });
    main.rules = async () => [rule];
    await due();
    await until(async () => {
      answer = await metrics('payments-api');
      return answer.alerts?.stale === undefined;
    });
    expect(answer?.alerts?.items).toMatchObject([{ state: 'inactive' }]);
    expect(await database('alert_rule').pluck('name')).toEqual(['HighErrors']);
  });

  it('asks a source that is paused nothing, and says that it is', async () => {
    await database('source')
      .where({ id: 'prometheus:main' })
      .update({ paused: true });
    const { rulesRead } = main;
    main.asked.length = 0;
    await due();
    const answer = await metrics(
      'payments-api',
      '?from=2026-11-19T10:00:00Z&to=2026-11-19T11:00:00Z',
    );
    const text = 'Prometheus main is paused on the Sources page';
    expect(answer.alerts?.stale?.text).toBe(text);
    expect(answer.charts.map(({ error }) => error)).toEqual([text, text, text]);
    expect([main.asked, main.rulesRead]).toEqual([[], rulesRead]);
  });
});
