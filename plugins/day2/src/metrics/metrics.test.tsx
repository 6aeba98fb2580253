import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  MetricChart,
  NamedAlert,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { httpError } from '../__testUtils__/fakeApi';
import { hoursAgo, notConfigured } from '../__testUtils__/records';
import { entity, renderDay2 } from '../__testUtils__/renderDay2';
import { ObjectivesSection } from '../objectives';
import { MetricsPanel } from './MetricsPanel';

type Answer = OperationOutput<'getServiceMetrics'>;

const service = 'component:default/payments-api';
const of = {
  ...entity,
  metadata: {
    ...entity.metadata,
    annotations: {
      'prometheus.io/alert': 'HighErrors',
      'prometheus.io/rule': 'up|job',
    },
  },
};

const anAlert = (change: Partial<NamedAlert> = {}): NamedAlert => ({
  id: change.name ?? 'a',
  name: 'HighErrors',
  group: 'errors',
  query: 'errors > 1',
  state: 'firing',
  value: 3,
  labels: { alertname: 'HighErrors', severity: 'page' },
  annotations: { runbook_url: 'https://runbooks.tern.example/errors' },
  activeAt: hoursAgo(2),
  evaluatedAt: hoursAgo(0.01),
  durationSeconds: 60,
  ...change,
});
const aChart = (change: Partial<MetricChart> = {}): MetricChart => ({
  query: 'node_memory_active_bytes',
  dimension: 'instance',
  unit: 'bytes',
  from: hoursAgo(1),
  stepSeconds: 1800,
  series: [
    { name: 'a', labels: { instance: 'a' }, values: [1024, null, 3072] },
    { name: 'b', labels: { instance: 'b' }, values: [null, 512, null] },
  ],
  asOf: hoursAgo(0.01),
  ...change,
});
const answer = (change: Partial<Answer> = {}): Answer => ({
  source: {
    id: 'prometheus:main',
    title: 'Prometheus main',
    url: 'https://prometheus.tern.example',
  },
  alerts: { items: [anAlert()], missing: [], asOf: hoursAgo(0.01) },
  charts: [aChart()],
  ...change,
});

function render(getServiceMetrics: () => Answer | Promise<Answer>) {
  return renderDay2(<MetricsPanel serviceRef={service} />, {
    of,
    answers: { getServiceMetrics },
  });
}

const panel = () => screen.findByRole('region', { name: 'Alerts and graphs' });

describe('alerts and graphs of annotations', () => {
  it('stand below the objectives, only where an annotation names some', async () => {
    const { unmount, api } = renderDay2(
      <ObjectivesSection serviceRef={service} />,
    );
    await screen.findByRole('region', { name: 'Card captures succeed' });
    expect(screen.queryByText('Alerts and graphs')).not.toBeInTheDocument();
    expect(
      api.calls.some(({ operation }) => operation === 'getServiceMetrics'),
    ).toBe(false);
    unmount();
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      of,
      answers: { getServiceMetrics: () => answer() },
    });
    expect(await panel()).toBeInTheDocument();
  });

  it('have the state of each alert in a word, its value, labels and what it says', async () => {
    render(() =>
      answer({
        alerts: {
          items: [
            anAlert(),
            anAlert({ name: 'Slow', state: 'pending', value: undefined }),
            anAlert({
              name: 'Broken',
              state: 'unknown',
              error: 'many-to-many matching',
            }),
            anAlert({
              name: 'Quiet',
              state: 'inactive',
              annotations: { summary: 'data:text/html,x', page: '/here' },
              activeAt: undefined,
              evaluatedAt: undefined,
            }),
          ],
          missing: ['Gone'],
          leftOut: 4,
          asOf: hoursAgo(0.01),
        },
      }),
    );
    const table = await screen.findByRole('table', { name: 'Alerts' });
    const [, ...rows] = within(table).getAllByRole('row');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent(/^FiringHighErrors.+ ago3severity: page/);
    expect(
      within(rows[0]).getByRole('link', { name: /runbooks.tern.example/ }),
    ).toHaveAttribute('href', 'https://runbooks.tern.example/errors');
    expect(rows[1]).toHaveTextContent(/^PendingSlow/);
    expect(rows[2]).toHaveTextContent(/^UnknownBroken/);
    expect(rows[2]).toHaveTextContent(
      'Its rule is not evaluated: many-to-many matching',
    );
    expect(rows[3]).toHaveTextContent(/^InactiveQuiet/);
    expect(rows[3]).toHaveTextContent(/never$/);
    expect(within(rows[3]).queryByRole('link')).not.toBeInTheDocument();
    expect(
      screen.getByText('There is no alert rule named Gone.'),
    ).toBeInTheDocument();
    expect(screen.getByText('4 more are left out.')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Open Prometheus main/ }),
    ).toHaveAttribute('href', 'https://prometheus.tern.example');
  });

  it('draw a query, with the same as a table', async () => {
    const { container } = render(() => answer());
    const chart = await screen.findByRole('img', {
      name: /^node_memory_active_bytes over time, 2 lines/,
    });
    // Each value of these stands between gaps.
    expect(chart.querySelectorAll('circle')).toHaveLength(3);
    expect(container).toHaveTextContent('a: 3 KiB');
    expect(container).toHaveTextContent('b: none');
    await userEvent.click(
      screen.getByRole('button', { name: 'The same as a table' }),
    );
    const table = screen.getByRole('table', {
      name: 'Values of node_memory_active_bytes',
    });
    const [, ...rows] = within(table).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringMatching(/a3 KiB$/),
      expect.stringMatching(/b512 B$/),
      expect.stringMatching(/a1 KiB$/),
    ]);
  });

  it('say what is wrong with one graph alone', async () => {
    render(() =>
      answer({
        charts: [
          aChart({
            query: 'up{',
            series: [],
            error: 'Prometheus refuses its query: parse error',
            asOf: undefined,
          }),
          aChart({ query: 'nothing', series: [] }),
          aChart({ seriesLeftOut: 10 }),
        ],
      }),
    );
    const broken = await screen.findByRole('region', { name: 'up{' });
    expect(broken).toHaveTextContent('This graph could not be drawn');
    expect(broken).toHaveTextContent('parse error');
    expect(screen.getByRole('region', { name: 'nothing' })).toHaveTextContent(
      'The query gives nothing in this time.',
    );
    expect(screen.getAllByRole('img')).toHaveLength(1);
    expect(
      screen.getByText('10 more lines are left out: sum them in the query.'),
    ).toBeInTheDocument();
  });

  it('say of alerts that are not of now since when and why, and of none that it is fine', async () => {
    render(() =>
      answer({
        alerts: {
          items: [anAlert({ state: 'inactive' })],
          missing: [],
          asOf: hoursAgo(3),
          stale: {
            reason: 'source-unreachable',
            text: 'Prometheus main could not be read.',
            since: hoursAgo(3),
          },
        },
      }),
    );
    const alerts = await screen.findByRole('table', { name: 'Alerts' });
    expect(alerts).toHaveTextContent('Was: Inactive');
    expect(alerts.closest('[data-stale]')).not.toBeNull();
    expect(
      screen.getByText('Prometheus main could not be read.'),
    ).toBeInTheDocument();
    // The graph was asked for just now.
    expect(screen.getByRole('img').closest('[data-stale]')).toBeNull();
  });

  it('say that they load, why they are empty, and what failed', async () => {
    const loading = render(() => new Promise(() => {}));
    expect(
      await screen.findByText('Loading Alerts and graphs'),
    ).toBeInTheDocument();
    loading.unmount();
    const empty = render(() =>
      answer({ alerts: undefined, charts: [], empty: notConfigured }),
    );
    expect(await screen.findByText(notConfigured.text)).toBeInTheDocument();
    empty.unmount();
    render(() => {
      throw httpError(500, 'The database is away.');
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });
});
