import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import { anObjective } from '../__testUtils__/objectiveRecords';
import { hoursAgo, nothingFound } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityObjectivesCard } from './EntityObjectivesCard';
import { ObjectivesPage } from './ObjectivesPage';

const tab = '/catalog/default/component/payments-api/day2?section=objectives';
const facets = {
  owners: ['group:default/ledger', 'group:default/payments'],
  systems: ['system:shop/till'],
  states: { page: 2, ok: 9 },
  total: 11,
};

function answer(
  over: Partial<
    Awaited<ReturnType<NonNullable<Answers['listObjectives']>>>
  > = {},
): Answers {
  return {
    listObjectives: () => ({
      items: [anObjective()],
      asOf: hoursAgo(0.01),
      facets,
      ...over,
    }),
  };
}

describe('the Objectives page', () => {
  it('has each objective in one row, in the order of the API, leading to its panel', async () => {
    renderDay2(<ObjectivesPage />, {
      answers: answer({
        items: [
          anObjective({
            id: 'obj-2',
            displayName: 'Quick',
            state: 'page',
            remaining: { value: 0.02, unit: 'ratio', n: 10 },
          }),
          anObjective(),
          anObjective({
            id: 'obj-3',
            displayName: undefined,
            state: 'invalid',
            invalid: { reason: 'target must be below 1', path: '' },
            remaining: { unit: 'ratio', n: 0 },
          }),
        ],
      }),
    });
    const table = await screen.findByRole('table', { name: 'Objectives' });
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/Quick.*Burns fast2 %/);
    expect(second).toHaveTextContent(/99.93 % of 99.9 %30 d1 h: 0.4×/);
    expect(third).toHaveTextContent(
      /payments-api-availability.*Invalidtarget must be below 1, .*slo.*insufficient data/,
    );
    expect(first.querySelector('[data-stale]')).toBeNull();
    expect(within(first).getByRole('link', { name: 'Quick' })).toHaveAttribute(
      'href',
      `${tab}&objective=obj-2`,
    );
    expect(
      within(first).getByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute('href', tab);
  });

  it('says no age of what fine sources have not told of yet', async () => {
    renderDay2(<ObjectivesPage />, {
      answers: answer({
        items: [anObjective({ state: 'unknown', asOf: undefined })],
        asOf: undefined,
        sources: { total: 7, fine: 7, reading: [], problems: [] },
      }),
    });
    expect(await screen.findByText('7 of 7 sources fine')).toBeInTheDocument();
    expect(screen.queryByText('never read yet')).not.toBeInTheDocument();
  });

  it('cuts what is left and does not round it', async () => {
    renderDay2(<ObjectivesPage />, {
      answers: answer({
        items: [
          anObjective({ remaining: { value: 0.99986, unit: 'ratio', n: 10 } }),
        ],
      }),
    });
    expect(await screen.findByText('99.9 %')).toBeInTheDocument();
  });

  it('greys one whose source is silent', async () => {
    renderDay2(<ObjectivesPage />, {
      answers: answer({ items: [anObjective({ state: 'unknown' })] }),
    });
    const state = await screen.findByRole('cell', { name: 'Unknown' });
    expect(state.firstChild).toHaveAttribute('data-stale');
  });

  it('filters by owner, system, state and text, and keeps them in the address', async () => {
    const { api, query } = renderDay2(<ObjectivesPage />, {
      answers: answer(),
    });
    const owner = await screen.findByRole('combobox', { name: 'Owner' });
    await within(owner).findByRole('option', { name: 'payments' });
    await userEvent.selectOptions(owner, 'group:default/payments');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'System' }),
      screen.getByRole('option', { name: 'shop/till' }),
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'State' }),
      screen.getByRole('option', { name: 'Burns fast (2)' }),
    );
    await userEvent.type(screen.getByLabelText('Find'), 'pay');
    await waitFor(() =>
      expect(api.calls.at(-1)?.query).toMatchObject({
        owner: 'group:default/payments',
        system: 'system:shop/till',
        state: 'page',
        text: 'pay',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(query().toString()).toBe(''));
  });

  it('reads the filters from the address and leaves out what it does not understand', async () => {
    const { api } = renderDay2(<ObjectivesPage />, {
      answers: answer(),
      query: '?state=nonsense&owner=group:default/gone',
    });
    await screen.findByRole('table', { name: 'Objectives' });
    const asked = api.calls.find(
      ({ operation }) => operation === 'listObjectives',
    );
    expect(asked?.query).toMatchObject({ owner: 'group:default/gone' });
    expect(asked?.query?.state).toBeUndefined();
    expect(screen.getByRole('combobox', { name: 'Owner' })).toHaveValue(
      'group:default/gone',
    );
  });

  it('reads page by page', async () => {
    const { api } = renderDay2(<ObjectivesPage />, {
      answers: {
        listObjectives: ({ query }) => ({
          items: [anObjective({ id: query?.cursor ?? 'first' })],
          nextCursor: query?.cursor ? undefined : 'second',
          facets,
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Load more' }),
    );
    await screen.findAllByText('2 entries');
    expect(api.calls.at(-1)?.query).toMatchObject({ cursor: 'second' });
  });

  it('is stale where a source fails, and says which', async () => {
    renderDay2(<ObjectivesPage />, {
      answers: answer({
        sources: {
          total: 2,
          fine: 1,
          reading: [],
          problems: [
            {
              source: 'prometheus:main',
              title: 'Prometheus main',
              code: 'timeout',
              text: 'no answer in 30 s',
            },
          ],
        },
      }),
    });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: '1 of 2 sources fine' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'no answer in 30 s',
    );
  });

  it('says why it is empty, that it loads, and what failed', async () => {
    const empty = renderDay2(<ObjectivesPage />, {
      answers: answer({ items: [], empty: nothingFound }),
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    empty.unmount();
    const filtered = renderDay2(<ObjectivesPage />, {
      answers: answer({ items: [], empty: nothingFound }),
      query: '?state=page',
    });
    expect(
      await screen.findByText('No objective matches these filters.'),
    ).toBeInTheDocument();
    filtered.unmount();
    const loading = renderDay2(<ObjectivesPage />, {
      answers: { listObjectives: () => new Promise(() => {}) },
    });
    expect(await screen.findByText('Loading Objectives')).toBeInTheDocument();
    loading.unmount();
    renderDay2(<ObjectivesPage />, {
      answers: {
        listObjectives: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });
});

describe('the card Objectives', () => {
  it('has those with the least left, leading to the tab', async () => {
    renderDay2(<EntityObjectivesCard />, {
      answers: {
        listServiceObjectives: () => ({
          asOf: hoursAgo(0.01),
          items: Array.from({ length: 7 }, (_, index) =>
            anObjective({ id: `obj-${index}`, displayName: `No. ${index}` }),
          ),
        }),
      },
    });
    const table = await screen.findByRole('table', { name: 'Objectives' });
    expect(within(table).getAllByRole('row')).toHaveLength(6);
    expect(within(table).getByRole('link', { name: 'No. 0' })).toHaveAttribute(
      'href',
      `${tab}&objective=obj-0`,
    );
    expect(
      screen.getByText('The 5 with the least budget left.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /on the Day 2 tab/ }),
    ).toHaveAttribute('href', tab);
  });

  it('says why it is empty', async () => {
    renderDay2(<EntityObjectivesCard />, {
      answers: {
        listServiceObjectives: () => ({ items: [], empty: nothingFound }),
      },
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
  });
});
