import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import {
  aCondition,
  anObjective,
  fourConditions,
} from '../__testUtils__/objectiveRecords';
import { hoursAgo, notConfigured } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';
import { ObjectivesSection } from './ObjectivesSection';

const service = 'component:default/payments-api';

function answer(...items: ReturnType<typeof anObjective>[]): Answers {
  return {
    listServiceObjectives: () => ({ items, asOf: hoursAgo(0.02) }),
  };
}

const panelOf = (name: string) => screen.findByRole('region', { name });

describe('the section Objectives', () => {
  it('is reached from its tile and by the address', async () => {
    const { query } = renderDay2(<EntityDay2Content />);
    await userEvent.click(
      await screen.findByRole('link', { name: 'Budgets and what spent them' }),
    );
    expect(query().get('section')).toBe('objectives');
    expect(await panelOf('Card captures succeed')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'ITIL' }));
    expect(
      within(screen.getByRole('navigation', { name: 'Sections' })).getByRole(
        'link',
        { name: 'Service levels' },
      ),
    ).toHaveAttribute('aria-current', 'page');
  });

  it('says what was promised, what was kept, what is left and until when', async () => {
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(anObjective()),
    });
    const panel = await panelOf('Card captures succeed');
    expect(panel).toHaveTextContent('Fine');
    expect(panel).toHaveTextContent('99.9 % over 30 d, rolling');
    // One decimal more than the target, and cut.
    expect(panel).toHaveTextContent('Attained99.93 %');
    const meter = within(panel).getByRole('meter', {
      name: 'Budget left of Card captures succeed',
    });
    expect(meter).toHaveAttribute('aria-valuenow', '32');
    expect(meter).toHaveAttribute('aria-valuetext', '32 %');
    expect(panel).toHaveTextContent('2,856 bad events (from 4,200,000)');
    expect(panel).toHaveTextContent('not at this rate');
    expect(panel).toHaveTextContent('Prometheus main');
    expect(
      within(panel).getByRole('link', { name: /payments-api.yaml, line 12/ }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Queries' }),
    );
    expect(panel).toHaveTextContent('http_requests_total{code=~"5.."}');
  });

  it('has the eight windows and how each condition stands', async () => {
    const [page, fast, ticket, slow] = fourConditions();
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(
        anObjective({
          state: 'page',
          exhaustedAt: new Date(Date.now() + 5 * 3_600_000).toISOString(),
          conditions: [
            {
              ...page,
              state: 'holds',
              long: { ...page.long, burn: 22.4 },
              short: { ...page.short, burn: 31 },
            },
            { ...fast, canFire: false },
            {
              ...ticket,
              state: 'unknown',
              short: { seconds: 7200, unknown: true, coverage: 0.4 },
            },
            slow,
          ],
        }),
      ),
    });
    const table = await screen.findByRole('table', {
      name: 'How fast the budget burns',
    });
    const [, ...rows] = within(table).getAllByRole('row');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent(/Page1 h: 22.4×5 min: 31×14.4×Holds/);
    expect(rows[1]).toHaveTextContent('Can never fire');
    expect(rows[2]).toHaveTextContent(
      /2 h: not knownmeasured for 40 %3×Unknown/,
    );
    expect(rows[3]).toHaveTextContent(/Ticket3 d: 0.4×6 h: 0.4×1×Clear/);
    expect(screen.getByText('Burns fast')).toBeInTheDocument();
    expect(await panelOf('Card captures succeed')).toHaveTextContent(
      /in 5 h at this rate/,
    );
  });

  it('greys one whose source is silent: never green, since when, why and what it was', async () => {
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(
        anObjective({
          state: 'unknown',
          frozen: 'ok',
          why: {
            reason: 'source-unreachable',
            text: 'Prometheus main did not answer.',
            since: hoursAgo(2),
          },
        }),
      ),
    });
    const panel = await panelOf('Card captures succeed');
    expect(panel).toHaveAttribute('data-stale');
    expect(panel).toHaveTextContent('Stale');
    expect(panel).toHaveTextContent('Prometheus main did not answer.');
    expect(panel).toHaveTextContent('When it was last known: Fine.');
    expect(panel).not.toHaveTextContent('not at this rate');
  });

  it('does not say how long the budget lasts at a burn that is not relied on', async () => {
    const [page, ...others] = fourConditions();
    const long = { ...page.long, burn: 0.4, coverage: 0.3, unknown: true };
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(
        anObjective({
          state: 'page',
          conditions: [{ ...page, long }, ...others],
        }),
      ),
    });
    const panel = await panelOf('Card captures succeed');
    expect(panel).toHaveTextContent('not known');
    expect(panel).not.toHaveTextContent('not at this rate');
  });

  it('says what is wrong with a file, where, and draws nothing of it', async () => {
    const { api } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(
        anObjective({
          state: 'invalid',
          target: undefined,
          period: undefined,
          conditions: [],
          invalid: {
            reason: 'target must be below 1',
            path: 'spec.objectives[0].target',
          },
        }),
        anObjective({
          id: 'obj-2',
          displayName: 'Quick',
          state: 'unmeasured',
          measuredBy: undefined,
          why: notConfigured,
          attainment: { unit: 'ratio', n: 0 },
          remaining: { unit: 'ratio', n: 0, reason: 'Nothing measures it.' },
        }),
      ),
    });
    const invalid = await panelOf('Card captures succeed');
    expect(invalid).toHaveTextContent('This file is not valid');
    expect(invalid).toHaveTextContent(
      'target must be below 1, at spec.objectives[0].target',
    );
    expect(
      within(invalid).getByRole('link', { name: /line 12/ }),
    ).toBeInTheDocument();
    const unmeasured = await panelOf('Quick');
    expect(unmeasured).toHaveTextContent('Not measured');
    expect(unmeasured).toHaveTextContent('Add a source to the configuration.');
    expect(unmeasured).toHaveTextContent('Nothing measures it.');
    expect(
      api.calls.some(({ operation }) => operation === 'getObjective'),
    ).toBe(false);
  });

  it('says how far its past is fetched, and that it is overspent', async () => {
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(
        anObjective({
          state: 'exhausted',
          progress: 0.4,
          remaining: { value: -0.2, unit: 'ratio', n: 10 },
        }),
      ),
    });
    expect(
      await screen.findByRole('progressbar', {
        name: 'Fetching the past of Card captures succeed',
      }),
    ).toHaveAttribute('aria-valuenow', '40');
    expect(screen.getByText(/Its past is being fetched/)).toBeInTheDocument();
    expect(await panelOf('Card captures succeed')).toHaveTextContent(
      /-20 % · overspent/,
    );
    expect(screen.getByText('it is used up')).toBeInTheDocument();
  });

  it('says why it is empty, and what failed', async () => {
    const { unmount } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        listServiceObjectives: () => ({ items: [], empty: notConfigured }),
      },
    });
    expect(await screen.findByText(notConfigured.text)).toBeInTheDocument();
    expect(screen.queryByText(/^as of/)).not.toBeInTheDocument();
    unmount();
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        listServiceObjectives: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: { listServiceObjectives: () => new Promise(() => {}) },
    });
    expect(await screen.findByText('Loading Objectives')).toBeInTheDocument();
  });

  it('draws three charts by itself, and others when asked or named', async () => {
    const many = Array.from({ length: 5 }, (_, index) =>
      anObjective({
        id: `obj-${index}`,
        displayName: `Objective ${index}`,
        conditions: [aCondition()],
      }),
    );
    const { api } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: answer(...many),
      query: '?objective=obj-4',
    });
    const charts = () =>
      api.calls
        .filter(({ operation }) => operation === 'getObjective')
        .map(({ params }) => params?.id);
    await waitFor(() =>
      expect(charts().sort()).toEqual(['obj-0', 'obj-1', 'obj-2', 'obj-4']),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the budget over time' }),
    );
    await waitFor(() => expect(charts()).toContain('obj-3'));
  });
});
