import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import { aFleetRow, aFleetState } from '../__testUtils__/gitopsRecords';
import { aService, hoursAgo, nothingFound } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { FleetPage } from './FleetPage';

const facets = {
  owners: [
    { ref: 'group:default/ledger', services: 4 },
    { ref: 'group:default/payments', services: 7 },
  ],
  systems: [{ ref: 'system:shop/till', services: 3 }],
  sync: [
    { state: 'ok' as const, services: 9 },
    { state: 'bad' as const, services: 2 },
  ],
  total: 11,
};

function rows(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const name = `service-${from + index}`;
    return aFleetRow({
      service: aService({
        id: name,
        ref: `component:default/${name}`,
        title: name,
      }),
    });
  });
}

function answer(
  over: Partial<Awaited<ReturnType<NonNullable<Answers['listFleet']>>>> = {},
): Answers {
  return {
    listFleet: () => ({
      items: [aFleetRow()],
      asOf: hoursAgo(0.01),
      facets,
      ...over,
    }),
  };
}

describe('the Fleet page', () => {
  it('has each service in one row: version, since when, five states', async () => {
    renderDay2(<FleetPage />, {
      answers: answer({
        items: [
          aFleetRow({
            sync: aFleetState({
              state: 'bad',
              headline: '1 drifted',
              at: hoursAgo(2),
            }),
          }),
        ],
      }),
    });
    const table = await screen.findByRole('table', { name: 'Fleet' });
    const [, row] = within(table).getAllByRole('row');
    const link = within(row).getByRole('link', { name: 'payments-api' });
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2',
    );
    expect(row).toHaveTextContent('2.41.0');
    expect(
      within(row).getByRole('link', { name: '1 drifted' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2?section=sync',
    );
    expect(row).toHaveTextContent('14 changes');
    // Three domains have no source; each says so, and why on focus.
    const notSetUp = within(row).getAllByText('Not set up');
    expect(notSetUp).toHaveLength(3);
    await userEvent.hover(notSetUp[0]);
    expect(
      await screen.findByText('No source tells of this yet.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/^as of/)).toBeInTheDocument();
  });

  it('says over which time changes are', async () => {
    renderDay2(<FleetPage />, { answers: answer() });
    expect(
      await screen.findByRole('columnheader', { name: 'Changes, 14 days' }),
    ).toBeInTheDocument();
  });

  it('says of each that is unknown where and since when, and why on focus', async () => {
    const refused = 'Argo CD us-1 could not be read: it refused the credential';
    const gone = 'Argo CD eu-1: it is not there any more (404)';
    renderDay2(<FleetPage />, {
      answers: answer({
        items: [
          aFleetRow({
            sync: aFleetState({
              state: 'unknown',
              headline: '3 unknown',
              detail: 'unknown in staging ap-1',
              unobserved: [
                { where: 'production us-1', why: refused, since: hoursAgo(2) },
                { where: 'staging eu-1', why: gone, since: hoursAgo(5) },
              ],
            }),
          }),
        ],
      }),
    });
    const place = await screen.findByText('unknown in production us-1');
    const cell = screen.getByRole('cell', { name: /3 unknown/ });
    expect(cell).toHaveTextContent(/production us-1, since [^,]* ago/);
    expect(cell).toHaveTextContent(/staging eu-1, since [^,]* ago/);
    expect(cell).toHaveTextContent(/unknown in staging ap-1/);
    expect(cell).not.toHaveTextContent(/could not|404/);
    await userEvent.hover(place);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(refused);
  });

  it('filters by owner, system, state and text, counts each, and keeps them in the address', async () => {
    const { api, query } = renderDay2(<FleetPage />, { answers: answer() });
    const owner = await screen.findByRole('combobox', { name: 'Owner' });
    await within(owner).findByRole('option', { name: 'payments (7)' });
    expect(
      within(owner).getByRole('option', { name: 'all (11)' }),
    ).toBeInTheDocument();
    await userEvent.selectOptions(owner, 'group:default/payments');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'System' }),
      screen.getByRole('option', { name: 'shop/till (3)' }),
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Sync, at worst' }),
      screen.getByRole('option', { name: 'Failing or degraded (2)' }),
    );
    await userEvent.type(screen.getByLabelText('Find'), 'pay');
    await waitFor(() => expect(query().get('q')).toBe('pay'));
    expect(query().toString()).toContain('owner=group');
    await waitFor(() =>
      expect(api.calls.at(-1)?.query).toMatchObject({
        owner: 'group:default/payments',
        system: 'system:shop/till',
        sync: 'bad',
        text: 'pay',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(query().toString()).toBe(''));
  });

  it('reads the filters from the address and leaves out what it does not understand', async () => {
    const { api } = renderDay2(<FleetPage />, {
      answers: answer(),
      query: '?sync=nonsense&owner=group:default/gone',
    });
    await screen.findByRole('table', { name: 'Fleet' });
    const asked = api.calls.find(({ operation }) => operation === 'listFleet');
    expect(asked?.query).toMatchObject({ owner: 'group:default/gone' });
    expect(asked?.query?.sync).toBeUndefined();
    expect(screen.getByRole('combobox', { name: 'Owner' })).toHaveValue(
      'group:default/gone',
    );
  });

  it('reads thousands of services page by page, and draws those on screen', async () => {
    const { api } = renderDay2(<FleetPage />, {
      answers: {
        listFleet: ({ query }) => {
          const start = Number(query?.cursor ?? 0);
          return {
            items: rows(start, start + 200),
            nextCursor: start < 9_800 ? String(start + 200) : undefined,
            facets: { ...facets, total: 10_000 },
          };
        },
      },
    });
    await screen.findByRole('button', { name: 'Load more' });
    // The browser of the tests has no height: none of the 200 is drawn.
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await screen.findByText('400 entries, and more');
    expect(api.calls.at(-1)?.query).toMatchObject({ cursor: '200' });
  });

  it('says that a source is still read or fails, and is not current then', async () => {
    renderDay2(<FleetPage />, {
      answers: answer({
        sources: {
          total: 4,
          fine: 2,
          reading: ['shop'],
          problems: [
            {
              source: 'argocd:us-1',
              title: 'us-1',
              code: 'timeout',
              text: 'no answer in 30 s',
              since: hoursAgo(5),
            },
          ],
        },
      }),
    });
    expect(
      await screen.findByText(
        /^1 source has not been read to its end yet \(shop\)/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Stale')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: '2 of 4 sources fine' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'no answer in 30 s',
    );
  });

  it('says why nobody is there, and not so where a filter is the reason', async () => {
    const { unmount } = renderDay2(<FleetPage />, {
      answers: answer({ items: [], empty: nothingFound }),
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    unmount();
    renderDay2(<FleetPage />, {
      answers: answer({ items: [], empty: nothingFound }),
      query: '?sync=bad',
    });
    expect(
      await screen.findByText('No service matches these filters.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(nothingFound.text)).not.toBeInTheDocument();
  });

  it('says that it is loading, and what failed', async () => {
    const { unmount } = renderDay2(<FleetPage />, {
      answers: { listFleet: () => new Promise(() => {}) },
    });
    expect(await screen.findByText('Loading Fleet')).toBeInTheDocument();
    unmount();
    renderDay2(<FleetPage />, {
      answers: {
        listFleet: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });
});
