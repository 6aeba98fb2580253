import type { AlertRule } from '@day2/backstage-plugin-day2-node';
import { setTimeout as wait } from 'node:timers/promises';
import { createSource } from '../__testUtils__/createSource';
import { programs, RealPrometheus } from '../__testUtils__/RealPrometheus';

const from = Date.UTC(2025, 0, 6);
const STEP = 15;
const { signal } = new AbortController();

const rules = `
groups:
  - name: errors
    rules:
      - alert: Fires
        expr: vector(3) > 2
        labels: { severity: page }
        annotations: { summary: 'It is {{ $value }}' }
      - alert: Waits
        expr: vector(1)
        for: 1h
      - alert: Quiet
        expr: vector(1) > 2
      - record: job:up:sum
        expr: sum(up)
      - alert: Broken
        expr: vector(1) + on() (label_replace(vector(1), "a", "x", "", ".*") or vector(2))
`;

const hasPrograms = programs.prometheus && programs.promtool;
const title = hasPrograms
  ? 'graphs and rules of a real Prometheus'
  : 'graphs and rules of a real Prometheus (skipped: DAY2_TEST_PROMETHEUS and DAY2_TEST_PROMTOOL name no programs)';

(hasPrograms ? describe : describe.skip)(title, () => {
  let server: RealPrometheus;

  beforeAll(async () => {
    const lines = ['# TYPE memory_bytes gauge'];
    for (const instance of ['a', 'b']) {
      for (let step = 0; step <= 240; step += 1) {
        const at = from / 1000 + step * STEP;
        const value = instance === 'a' ? step : 1000 - step;
        lines.push(`memory_bytes{instance="${instance}"} ${value} ${at}`);
      }
    }
    server = await RealPrometheus.start({
      openMetrics: [...lines, '# EOF', ''].join('\n'),
      rules,
    });
  }, 120_000);
  afterAll(() => server?.stop());

  const reader = () => createSource({ url: server.url }).metrics;

  it('are the samples, to the last one', async () => {
    const { series } = await reader().queryRange({
      query: 'memory_bytes',
      from,
      to: from + 3_600_000,
      stepSeconds: STEP,
      signal,
    });
    expect(series.map(({ labels }) => labels)).toEqual([
      { __name__: 'memory_bytes', instance: 'a' },
      { __name__: 'memory_bytes', instance: 'b' },
    ]);
    expect(series[0].points).toHaveLength(241);
    for (const [step, { at, value }] of series[0].points.entries()) {
      expect([at, value]).toEqual([from + step * STEP * 1000, step]);
    }
    expect(series[1].points.at(-1)?.value).toBe(760);
  });

  it('say in its own words what is wrong with a query', async () => {
    await expect(
      reader().queryRange({
        query: 'memory_bytes{',
        from,
        to: from + 60_000,
        stepSeconds: STEP,
        signal,
      }),
    ).rejects.toThrow(/Prometheus refuses its query: .*parse error/);
  });

  it('are evaluated rules with their alerts', async () => {
    const evaluated = (found: AlertRule[]) =>
      found.length > 0 &&
      found.every(({ evaluatedAt, state, name }) =>
        name === 'Broken' ? evaluatedAt : evaluatedAt && state !== 'unknown',
      );
    let found: AlertRule[] = [];
    const patience = Date.now() + 30_000;
    while (!evaluated(found) && Date.now() < patience) {
      await wait(100);
      found = await reader().alertRules({ signal });
    }
    const byName = new Map(found.map(rule => [rule.name, rule]));
    expect([...byName.keys()]).toEqual(['Fires', 'Waits', 'Quiet', 'Broken']);
    expect(byName.get('Fires')).toMatchObject({
      group: 'errors',
      state: 'firing',
      labels: { severity: 'page' },
      alerts: [
        {
          state: 'firing',
          value: 3,
          labels: { alertname: 'Fires', severity: 'page' },
          annotations: { summary: 'It is 3' },
          activeAt: expect.any(Number),
        },
      ],
    });
    expect(byName.get('Waits')).toMatchObject({
      state: 'pending',
      durationSeconds: 3600,
      alerts: [{ state: 'pending' }],
    });
    expect(byName.get('Quiet')).toMatchObject({
      state: 'inactive',
      alerts: [],
    });
    expect(byName.get('Broken')).toMatchObject({
      state: 'unknown',
      error: expect.any(String),
    });
  }, 60_000);
});
