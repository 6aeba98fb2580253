import type { MetricReader } from '@day2/backstage-plugin-day2-node';
import { createSource } from '../__testUtils__/createSource';
import {
  answerOf,
  FakePrometheus,
  refusalOf,
} from '../__testUtils__/FakePrometheus';

const { signal } = new AbortController();
const to = Date.UTC(2026, 10, 21, 14);
const range = { from: to - 60_000, to, stepSeconds: 15, signal };

describe('graphs and rules of Prometheus', () => {
  let fake: FakePrometheus;
  let reader: MetricReader;

  beforeEach(async () => {
    fake = await FakePrometheus.start();
    reader = createSource({
      url: fake.url,
      token: 'hidden-token', // gitleaks:allow
    }).metrics;
  });
  afterEach(() => fake.close());

  it('gives each series with its labels; what is no number is no point', async () => {
    const at = to / 1000;
    fake.sick.set('up', () =>
      answerOf([
        {
          metric: { __name__: 'up', job: 'a' },
          values: [
            [at - 30, '1'],
            [at - 15, 'NaN'],
            [at, '+Inf'],
          ],
        },
        { metric: { job: 'b' }, values: [[at, '2.5e-3']] },
        { metric: { job: 'c' } },
      ]),
    );
    expect(await reader.queryRange({ ...range, query: 'up' })).toEqual({
      series: [
        {
          labels: { __name__: 'up', job: 'a' },
          points: [{ at: to - 30_000, value: 1 }],
        },
        { labels: { job: 'b' }, points: [{ at: to, value: 0.0025 }] },
        { labels: { job: 'c' }, points: [] },
      ],
    });
    expect(fake.requests[0]).toMatchObject({
      path: 'POST /api/v1/query_range',
      form: { start: String(at - 60), end: String(at), step: '15' },
      headers: { authorization: 'Bearer hidden-token' },
    });
  });

  it('gives fifty series at most, and asks for 500 instants at most', async () => {
    const many = Array.from({ length: 60 }, (_, at) => ({
      metric: { pod: String(at) },
      values: [],
    }));
    fake.sick.set('up', () => answerOf(many));
    const answer = await reader.queryRange({ ...range, query: 'up' });
    expect([answer.series.length, answer.leftOut]).toEqual([50, 10]);
    await expect(
      reader.queryRange({ ...range, from: to - 8_000_000, query: 'up' }),
    ).rejects.toThrow('More than 500 instants');
    expect(fake.requests).toHaveLength(1);
  });

  it('says in words why a query is refused, without the credential', async () => {
    fake.sick.set('up{', () =>
      refusalOf(400, 'bad_data', 'parse error: hidden-token unexpected end'),
    );
    await expect(
      reader.queryRange({ ...range, query: 'up{' }),
    ).rejects.toMatchObject({
      name: 'SourceError',
      message: 'Prometheus refuses its query: parse error: *** unexpected end',
    });
  });

  const rule = {
    type: 'alerting',
    name: 'HighErrors',
    query: 'errors > 1',
    duration: 60,
    labels: { severity: 'page' },
    annotations: { summary: 'Errors' },
    state: 'firing',
    health: 'ok',
    lastEvaluation: '2026-11-21T13:59:50.123456789Z',
    alerts: [],
  };
  const tell = (...rules: object[]) => {
    fake.rules = {
      body: {
        status: 'success',
        data: { groups: [{ name: 'errors', file: 'a.yml', rules }] },
      },
    };
  };

  it('gives rules with their alerts, those that fire first', async () => {
    tell(
      {
        ...rule,
        alerts: [
          {
            labels: { pod: 'a' },
            annotations: {},
            state: 'pending',
            activeAt: '2026-11-21T13:59:00Z',
            value: 'NaN',
          },
          {
            labels: { pod: 'b' },
            annotations: { summary: 'of b' },
            state: 'firing',
            activeAt: '2026-11-21T13:00:00Z',
            value: '1.5e+00',
          },
        ],
      },
      { type: 'recording', name: 'job:errors:rate5m', query: 'x' },
      { ...rule, name: 'Quiet', lastEvaluation: '0001-01-01T00:00:00Z' },
      {
        ...rule,
        name: 'Broken',
        health: 'err',
        lastError: 'many-to-many, hidden-token',
      },
      { ...rule, name: 'NeverRun', health: 'unknown' },
    );
    const rules = await reader.alertRules({ signal });
    expect(fake.requests[0].path).toMatch(/^GET \/api\/v1\/rules\?type=alert/);
    expect(rules[0]).toEqual({
      name: 'HighErrors',
      group: 'errors',
      query: 'errors > 1',
      durationSeconds: 60,
      labels: { severity: 'page' },
      annotations: { summary: 'Errors' },
      state: 'firing',
      evaluatedAt: Date.UTC(2026, 10, 21, 13, 59, 50, 123),
      alerts: [
        {
          labels: { pod: 'b' },
          annotations: { summary: 'of b' },
          state: 'firing',
          activeAt: Date.UTC(2026, 10, 21, 13),
          value: 1.5,
        },
        {
          labels: { pod: 'a' },
          annotations: {},
          state: 'pending',
          activeAt: Date.UTC(2026, 10, 21, 13, 59),
        },
      ],
    });
    expect(
      rules.map(({ name, state, error, evaluatedAt }) => [
        name,
        state,
        error,
        evaluatedAt !== undefined,
      ]),
    ).toEqual([
      ['HighErrors', 'firing', undefined, true],
      ['Quiet', 'inactive', undefined, false],
      ['Broken', 'unknown', 'many-to-many, ***', true],
      ['NeverRun', 'unknown', undefined, true],
    ]);
  });

  it.each([
    [401, { status: 'error' }, /refused the credential/],
    [404, '404 page not found', /has nothing at this address/],
    [200, { status: 'success', data: [] }, /no list of rules/],
    [200, { status: 'success', data: { groups: [{ rules: [{}] }] } }, /A rule of the group/], // prettier-ignore
    [
      503,
      { status: 'error', errorType: 'execution', error: 'no ruler' },
      /no ruler/,
    ],
  ] as [number, object | string, RegExp][])(
    'answered %d %j it says so',
    async (status, body, words) => {
      fake.rules = { status, body };
      await expect(reader.alertRules({ signal })).rejects.toMatchObject({
        name: 'SourceError',
        message: expect.stringMatching(words),
      });
    },
  );
});
