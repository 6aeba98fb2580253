import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import {
  aCondition,
  anObjective,
  anObjectiveChart,
  fourConditions,
} from '../__testUtils__/objectiveRecords';
import { anEntry, hoursAgo, notConfigured } from '../__testUtils__/records';
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
    expect(panel).toHaveTextContent('2,856 bad events (from 4200000)');
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

describe('the budget chart', () => {
  const entries: Answers = {
    listServiceTimeline: () => ({
      items: [
        anEntry({
          id: 'e-inc',
          kind: 'incident',
          recordId: 'inc-1',
          at: hoursAgo(2.8),
          until: hoursAgo(2),
          title: 'Captures fail',
          status: 'ok',
        }),
        anEntry({ at: hoursAgo(3), title: '2.40.3 → 2.41.0' }),
        anEntry({
          id: 'e-dep-0',
          recordId: 'dep-0',
          at: hoursAgo(20),
          title: '2.40.2 → 2.40.3',
        }),
      ],
    }),
  };

  it('has the same as a table, and what spent it', async () => {
    const { query } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: { ...answer(anObjective()), ...entries },
    });
    await screen.findByRole('group', {
      name: /^Budget of Card captures succeed over time/,
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'The same as a table' }),
    );
    const table = screen.getByRole('table', {
      name: 'Budget of Card captures succeed by time',
    });
    const [, newest] = within(table).getAllByRole('row');
    expect(newest).toHaveTextContent(/450,00032 %$/);
    expect(within(table).getAllByRole('row')).toHaveLength(24);

    const spent = screen.getByRole('table', { name: 'What spent it' });
    const rows = within(spent).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(/2.41.0 in production.*50 %$/);
    expect(rows[2]).toHaveTextContent(/Not attributed to a deployment18 %$/);
    expect(rows[3]).toHaveTextContent(/Used in all68 %$/);
    await userEvent.click(
      within(spent).getByRole('button', { name: '2.41.0 in production' }),
    );
    expect(query().get('open')).toBe('deployment:dep-1');
  });

  it('is one stop for the keyboard: arrows between deployments and incidents, Enter opens', async () => {
    const { query } = renderDay2(
      <ObjectivesSection serviceRef={service} environment="production" />,
      { answers: { ...answer(anObjective()), ...entries } },
    );
    const newest = await screen.findByRole('button', {
      name: /^Deployment: 2.40.3 → 2.41.0/,
    });
    const older = screen.getByRole('button', {
      name: /^Deployment: 2.40.2 → 2.40.3/,
    });
    expect(newest).toHaveAttribute('tabindex', '0');
    expect(older).toHaveAttribute('tabindex', '-1');
    act(() => newest.focus());
    await userEvent.keyboard('{ArrowLeft}');
    expect(older).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    const incident = screen.getByRole('button', {
      name: /^Resolved incident: Captures fail, .* to /,
    });
    expect(incident).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(query().get('open')).toBe('incident:inc-1');
    expect(
      screen.getByText('Deployments and incidents in production.'),
    ).toBeInTheDocument();
  });

  it('goes nearer by Shift and arrows, and back to the whole period', async () => {
    const { api, query } = renderDay2(
      <ObjectivesSection serviceRef={service} />,
      { answers: { ...answer(anObjective()), ...entries } },
    );
    const newest = await screen.findByRole('button', {
      name: /^Deployment: 2.40.3 → 2.41.0/,
    });
    act(() => newest.focus());
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}{Enter}');
    const asked = () =>
      api.calls.filter(({ operation }) => operation === 'getObjective').at(-1)
        ?.query;
    await waitFor(() => expect(asked()).toMatchObject({ to: hoursAgo(3) }));
    expect(query().get('budget')).toBe(
      `${asked()?.from}/${hoursAgo(3)}/${anObjective().id}`,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Whole period' }),
    );
    await waitFor(() => expect(asked()?.to).toBeUndefined());
    expect(query().has('budget')).toBe(false);
  });

  it.each([
    ['2026-11-01T00:00:00.000Z/2026-11-02T00:00:00.000Z', true],
    ['2026-11-02T00:00:00.000Z/2026-11-01T00:00:00.000Z', false],
    ['yesterday/today', false],
  ])('shows the time that the address asks for: %s', async (range, isRead) => {
    const [from, to] = range.split('/');
    const { api } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective(), anObjective({ id: 'other' })),
        ...entries,
      },
      query: `?budget=${range}/${anObjective().id}`,
    });
    const asked = (id: string) =>
      api.calls.find(
        ({ operation, params }) =>
          operation === 'getObjective' && params?.id === id,
      )?.query;
    await waitFor(() => expect(asked('other')).toBeDefined());
    expect(asked(anObjective().id)).toMatchObject(
      isRead ? { from, to } : { from: undefined, to: undefined },
    );
    expect(asked('other')?.from).toBeUndefined();
  });

  it('says where nothing was measured, and stays where deployments fail', async () => {
    const { unmount } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        getObjective: () => ({
          objective: anObjective(),
          chart: anObjectiveChart({ points: [] }),
        }),
      },
    });
    expect(
      await screen.findByText('Nothing was measured in this time.'),
    ).toBeInTheDocument();
    unmount();
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        listServiceTimeline: () => {
          throw httpError(500);
        },
      },
    });
    await screen.findByRole('group', { name: /^Budget of/ });
    expect(
      await screen.findByText(
        /Deployments and incidents could not be loaded\./,
      ),
    ).toBeInTheDocument();
  });
});
