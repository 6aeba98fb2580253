import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import { aPastIncident, anIncident } from '../__testUtils__/incidentRecords';
import {
  anEntry,
  hoursAgo,
  notConfigured,
  nothingFound,
} from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';
import { EntityIncidentsCard } from './EntityIncidentsCard';
import { IncidentsPage } from './IncidentsPage';
import { IncidentsSection } from './IncidentsSection';

const service = 'component:default/payments-api';

describe('the section Incidents', () => {
  it('is reached from its tile, and has open ones, who is on call, and past ones', async () => {
    const { query } = renderDay2(<EntityDay2Content />);
    await userEvent.click(
      await screen.findByRole('link', {
        name: 'Open and past, and who is on call',
      }),
    );
    expect(query().get('section')).toBe('incidents');
    const open = await screen.findByRole('table', {
      name: 'Open and mitigated',
    });
    const [, row] = within(open).getAllByRole('row');
    expect(row).toHaveTextContent(/Captures fail.*P2Open/);
    expect(row).toHaveTextContent(/for \d/);
    expect(
      within(row).getByRole('link', { name: 'Captures fail' }),
    ).toHaveAttribute('href', '/day2/incidents/inc-1');
    expect(
      within(row).getByRole('link', { name: /Alertmanager/ }),
    ).toHaveAttribute('href', 'https://alerts.example/fp-1');
    expect(
      within(row).getByRole('link', { name: /Runbook/ }),
    ).toBeInTheDocument();
    expect(row).toHaveTextContent(/Suspected93 % likely/);
    const past = await screen.findByRole('table', {
      name: 'Resolved in this time',
    });
    expect(past).toHaveTextContent(/Refunds are slow.*Resolved.*lasted 1 h/);
    expect(past).toHaveTextContent('none known');
    expect(
      screen.getByRole('region', { name: 'On call now' }),
    ).toHaveTextContent('Kim, level 1, Payments primary');
  });

  it('opens the suspect beside it', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      query: '?section=incidents',
    });
    await userEvent.click(
      (
        await screen.findAllByRole('button', { name: '2.41.0 in production' })
      )[0],
    );
    expect(query().get('open')).toBe('deployment:dep-1');
  });

  it('says why there is none, and that none is open', async () => {
    const { unmount } = renderDay2(<IncidentsSection serviceRef={service} />, {
      answers: {
        listServiceIncidents: () => ({
          items: [],
          onCall: [],
          empty: notConfigured,
        }),
      },
    });
    expect(await screen.findAllByText(notConfigured.text)).toHaveLength(1);
    expect(
      screen.getByText('No source says who is on call.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/longer range/)).not.toBeInTheDocument();
    expect(screen.queryByText('never read yet')).not.toBeInTheDocument();
    unmount();
    renderDay2(<IncidentsSection serviceRef={service} />, {
      answers: { listServiceIncidents: () => ({ items: [], onCall: [] }) },
    });
    expect(await screen.findByText('No incident is open.')).toBeInTheDocument();
    expect(
      await screen.findByText(/^None was resolved in this time/),
    ).toBeInTheDocument();
  });

  it('says that none is open without a word of filters', async () => {
    renderDay2(<IncidentsSection serviceRef={service} />, {
      answers: {
        listServiceIncidents: ({ query }) =>
          query?.state === 'resolved'
            ? { items: [aPastIncident()], onCall: [] }
            : { items: [], onCall: [], empty: nothingFound },
      },
    });
    expect(await screen.findByText('No incident is open.')).toBeInTheDocument();
    expect(screen.queryByText(nothingFound.text)).not.toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Resolved in this time' }),
    ).toBeInTheDocument();
  });

  it('says what failed, one list for itself', async () => {
    renderDay2(<IncidentsSection serviceRef={service} />, {
      answers: {
        listServiceIncidents: ({ query }) => {
          if (query?.state === 'resolved') {
            throw httpError(500, 'The database is away.');
          }
          return { items: [anIncident()], onCall: [] };
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Open and mitigated' }),
    ).toBeInTheDocument();
  });
});

describe('an incident on the timeline', () => {
  it('has a lane, a word for how long, and a drawer that leads to its page', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      answers: {
        listServiceTimeline: () => ({
          items: [
            anEntry({
              id: 'e-inc',
              kind: 'incident',
              recordId: 'inc-1',
              at: new Date(Date.now() - 3_600_000).toISOString(),
              title: 'Captures fail',
              status: 'failed',
            }),
          ],
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: /^Open incident: Captures fail, since /,
      }),
    );
    expect(query().get('open')).toBe('incident:inc-1');
    const drawer = await screen.findByRole('dialog', { name: 'Captures fail' });
    expect(
      await within(drawer).findByRole('link', {
        name: 'The whole incident, with its suspects',
      }),
    ).toHaveAttribute('href', '/day2/incidents/inc-1');
    expect(drawer).toHaveTextContent('P2');
  });
});

describe('the page Incidents', () => {
  const answer = (
    over: Partial<
      Awaited<ReturnType<NonNullable<Answers['listIncidents']>>>
    > = {},
  ): Answers => ({
    listIncidents: () => ({
      items: [anIncident({ hidden: 2 }), aPastIncident()],
      asOf: hoursAgo(0.01),
      facets: {
        owners: ['group:default/payments'],
        systems: ['system:shop/till'],
        unresolved: 3,
      },
      ...over,
    }),
  });

  it('has each in one row, with its services', async () => {
    renderDay2(<IncidentsPage />, { answers: answer() });
    const table = await screen.findByRole('table', { name: 'Incidents' });
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /payments-api and 2 that you may not see · production/,
    );
    expect(
      within(first).getByRole('link', { name: 'Captures fail' }),
    ).toHaveAttribute('href', '/day2/incidents/inc-1');
    await userEvent.click(
      within(first).getByRole('button', { name: '2.41.0 in production' }),
    );
    expect(
      await screen.findByRole('dialog', { name: /2.41.0 in production$/ }),
    ).toBeInTheDocument();
  });

  it('filters, and keeps that in the address', async () => {
    const { api, query } = renderDay2(<IncidentsPage />, { answers: answer() });
    const state = await screen.findByLabelText('State');
    await within(state).findByRole('option', { name: 'Not resolved (3)' });
    await userEvent.selectOptions(state, 'unresolved');
    await userEvent.selectOptions(screen.getByLabelText('Priority'), '2');
    await userEvent.selectOptions(
      screen.getByLabelText('Owner'),
      'group:default/payments',
    );
    await userEvent.selectOptions(
      screen.getByLabelText('System'),
      'system:shop/till',
    );
    await userEvent.selectOptions(screen.getByLabelText('Range'), '7d');
    await userEvent.type(screen.getByLabelText('Find'), 'capt');
    await waitFor(() =>
      expect(api.calls.at(-1)?.query).toMatchObject({
        state: 'unresolved',
        priority: 2,
        owner: 'group:default/payments',
        system: 'system:shop/till',
        text: 'capt',
      }),
    );
    const { from, to } = api.calls.at(-1)?.query as Record<string, string>;
    expect(Date.parse(to) - Date.parse(from)).toBe(7 * 24 * 3_600_000);
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(query().toString()).toBe('range=7d'));
  });

  it('leaves out what it does not understand of the address', async () => {
    const { api } = renderDay2(<IncidentsPage />, {
      answers: answer(),
      query: '?state=odd&priority=9',
    });
    await screen.findByRole('table', { name: 'Incidents' });
    const asked = api.calls.find(
      ({ operation }) => operation === 'listIncidents',
    );
    expect(asked?.query?.state).toBeUndefined();
    expect(asked?.query?.priority).toBeUndefined();
  });

  it('is stale where a source fails, and says why it is empty and what failed', async () => {
    const stale = renderDay2(<IncidentsPage />, {
      answers: answer({
        sources: {
          total: 2,
          fine: 1,
          reading: [],
          problems: [
            {
              source: 'pagerduty:main',
              title: 'PagerDuty',
              code: 'timeout',
              text: 'no answer in 30 s',
            },
          ],
        },
      }),
    });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    stale.unmount();
    const empty = renderDay2(<IncidentsPage />, {
      answers: answer({ items: [], empty: nothingFound }),
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    empty.unmount();
    renderDay2(<IncidentsPage />, {
      answers: {
        listIncidents: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });
});

describe('the card Incidents', () => {
  it('has the latest and who is on call, leading to the tab', async () => {
    renderDay2(<EntityIncidentsCard />);
    const table = await screen.findByRole('table', { name: 'Incidents' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText(/Payments primary/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All of them on the Day 2 tab' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2?section=incidents',
    );
  });

  it('has unresolved ones first, the worst on top, and says how many more there are', async () => {
    const old = anIncident({ id: 'old', title: 'Old and bad', priority: 1 });
    const odd = anIncident({ id: 'odd', title: 'Odd', priority: undefined });
    const noise = [1, 2, 3, 4, 5].map(n =>
      anIncident({ id: `n-${n}`, title: `Noise ${n}`, priority: 4 }),
    );
    const list = (unresolved: IncidentRecord[], newest: IncidentRecord[]) =>
      renderDay2(<EntityIncidentsCard />, {
        answers: {
          listServiceIncidents: ({ query }) => ({
            items: query?.state === 'unresolved' ? unresolved : newest,
            onCall: [],
          }),
        },
      });
    const titles = async () =>
      within(await screen.findByRole('table', { name: 'Incidents' }))
        .getAllByRole('link')
        .map(link => link.textContent)
        .filter(text => /Old|Odd|Noise|Refunds/.test(text ?? ''));
    const many = list([odd, ...noise, old], noise);
    expect(await titles()).toEqual([
      'Old and bad',
      'Noise 1',
      'Noise 2',
      'Noise 3',
      'Noise 4',
    ]);
    expect(screen.getByText('2 more are not resolved.')).toBeInTheDocument();
    many.unmount();
    list([odd, old], [odd, aPastIncident()]);
    expect(await titles()).toEqual(['Old and bad', 'Odd', 'Refunds are slow']);
    expect(screen.queryByText(/not resolved/)).not.toBeInTheDocument();
  });

  it('says why it is empty', async () => {
    renderDay2(<EntityIncidentsCard />, {
      answers: {
        listServiceIncidents: () => ({
          items: [],
          onCall: [],
          empty: notConfigured,
        }),
      },
    });
    expect(await screen.findByText(notConfigured.text)).toBeInTheDocument();
    expect(screen.queryByText(/^as of/)).not.toBeInTheDocument();
  });
});
