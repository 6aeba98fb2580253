import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDeliveryFigure,
  aScoreboard,
  aScoreboardRow,
} from '../__testUtils__/deliveryRecords';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import { hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { ScoreboardPage } from './ScoreboardPage';

function answer(over: Parameters<typeof aScoreboard>[0]): Answers {
  return { getScoreboard: () => aScoreboard(over) };
}

const teamRow = async () => {
  const table = await screen.findByRole('table', { name: 'By team' });
  return within(table).getAllByRole('row')[1];
};

describe('the Scoreboard page', () => {
  it('has a row a group: value, from how much, coverage, change, survey, weeks', async () => {
    renderDay2(<ScoreboardPage />);
    const row = await teamRow();
    expect(within(row).getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/catalog/default/group/payments',
    );
    expect(row).toHaveTextContent('3 services');
    expect(row).toHaveTextContent('5.6 a week');
    expect(row).toHaveTextContent('of 24 deployments');
    expect(row).toHaveTextContent('4 h');
    expect(row).toHaveTextContent('better, was 8 h');
    expect(row).toHaveTextContent('better than at least 75.4 % (2025)');
    expect(row).toHaveTextContent('12.5 %');
    expect(row).toHaveTextContent('of 24 deployments that went live');
    expect(row).toHaveTextContent('measured for 96 %');
    expect(row).toHaveTextContent('worse, was 10 %');
    expect(row).toHaveTextContent('same as before');
    // Weeks with too little are no zero.
    expect(
      within(row).getByRole('img', {
        name: /2026-W41 12\.5 %, 2026-W42 Insufficient data, 2026-W43 12\.5 %/,
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText(/^as of/)).not.toHaveLength(0);
  });

  it('says how much there was where it was too little, and what is open', async () => {
    renderDay2(<ScoreboardPage />);
    const row = await teamRow();
    expect(
      within(row).getByRole('button', {
        name: /^Failed deployment recovery time of Payments: Insufficient data: 2 recoveries, 3 are needed/,
      }),
    ).toBeInTheDocument();
    expect(row).toHaveTextContent('1 open, oldest 2 h');
  });

  it('says how many of a figure are only suspected, and what that means', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: answer({
        items: [
          aScoreboardRow({
            figures: [
              aDeliveryFigure('changeFailRate', {
                beside: [
                  {
                    name: 'suspected',
                    figure: { value: 3, unit: 'failed deployments', n: 3 },
                  },
                ],
              }),
              aDeliveryFigure('deploymentReworkRate'),
            ],
          }),
        ],
      }),
    });
    const row = await teamRow();
    // One cell alone: of the others nothing is only suspected.
    await userEvent.hover(within(row).getByText('3 only suspected'));
    expect(
      await screen.findByText(/nobody has confirmed or rejected it yet/),
    ).toBeInTheDocument();
  });

  it('says how many services are hidden, and where membership is assumed', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: answer({
        items: [
          aScoreboardRow({ hidden: 2, membershipAssumed: true }),
          aScoreboardRow({ ref: 'group:default/shop', title: 'Shop' }),
        ],
      }),
    });
    const row = await teamRow();
    expect(row).toHaveTextContent('2 services hidden');
    expect(row).toHaveTextContent('membership partly assumed');
    await userEvent.hover(within(row).getByText('2 services hidden'));
    expect(
      await screen.findByText(/They are in none of these figures/),
    ).toBeInTheDocument();
  });

  it('says how many of all together are in no row, and opens a figure of all', async () => {
    const { query } = renderDay2(<ScoreboardPage />, {
      answers: answer({ grouping: 'domain', ungrouped: 4 }),
      query: '?by=domain',
    });
    expect(
      await screen.findByText(/^4 of these services are in no domain/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /^Change fail rate of Everything/ }),
    );
    expect(query().get('open')).toBe('figure:changeFailRate:organisation');
  });

  it('says that a source is still read or fails, and is not current then', async () => {
    const { unmount } = renderDay2(<ScoreboardPage />, {
      answers: answer({
        asOf: undefined,
        sources: { total: 9, fine: 7, reading: ['shop', 'till'], problems: [] },
      }),
    });
    expect(
      await screen.findByText(
        /^2 sources have not been read to their end yet \(shop, till\)/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByText(/No source has told of a deployment yet/),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('Stale')).not.toBeInTheDocument();
    unmount();
    renderDay2(<ScoreboardPage />, {
      answers: answer({
        sources: {
          total: 4,
          fine: 3,
          reading: [],
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
    const chip = await screen.findByRole('button', {
      name: '3 of 4 sources fine',
    });
    expect(screen.getByText('Stale')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Scoreboard' })).toHaveAttribute(
      'data-stale',
    );
    await userEvent.click(chip);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('no answer in 30 s');
    expect(dialog).toHaveTextContent(/since .+ ago/);
    expect(dialog).not.toHaveTextContent('This service is fed by');
  });

  it('holds every choice in the address, and asks by it', async () => {
    const { api, query } = renderDay2(<ScoreboardPage />);
    await teamRow();
    await userEvent.selectOptions(screen.getByLabelText('Group by'), 'system');
    await userEvent.selectOptions(screen.getByLabelText('Range'), 'last-month');
    await userEvent.selectOptions(
      screen.getByLabelText('Environment'),
      'staging',
    );
    await userEvent.selectOptions(
      screen.getByLabelText('Days and weeks of'),
      'UTC',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Owned now' }));
    await userEvent.click(screen.getByRole('button', { name: 'Not' }));
    expect(Object.fromEntries(query())).toMatchObject({
      by: 'system',
      range: 'last-month',
      env: 'staging',
      members: 'now',
      compare: 'no',
    });
    await waitFor(() =>
      expect(
        api.calls
          .filter(({ operation }) => operation === 'getScoreboard')
          .at(-1)?.query,
      ).toMatchObject({
        groupBy: 'system',
        environment: 'staging',
        membership: 'now',
        compare: 'false',
        trend: 'true',
        zone: 'UTC',
        from: expect.stringMatching(/-01T00:00:00.000Z$/),
        to: expect.stringMatching(/-01T00:00:00.000Z$/),
      }),
    );
  });

  it('opens a group into its services, and says so to a screen reader', async () => {
    const { api, query } = renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: ({ query: asked }) =>
          asked?.within === undefined
            ? aScoreboard()
            : aScoreboard({
                grouping: 'service',
                items: [
                  aScoreboardRow({
                    grouping: 'service',
                    ref: 'component:default/ledger',
                    title: 'ledger',
                    services: 1,
                  }),
                ],
              }),
      },
    });
    const row = await teamRow();
    const expand = within(row).getByRole('button', {
      name: 'Services of Payments',
    });
    expect(expand).toHaveAttribute('aria-expanded', 'false');
    expand.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('link', { name: 'ledger' })).toHaveAttribute(
      'href',
      '/catalog/default/component/ledger/day2?section=delivery',
    );
    expect(query().get('expand')).toBe('group:default/payments');
    expect(api.calls.at(-1)?.query).toMatchObject({
      groupBy: 'service',
      within: 'group:default/payments',
    });
    const collapse = screen.getByRole('button', {
      name: 'Close the services of Payments',
    });
    expect(collapse).toHaveFocus();
    expect(collapse).toHaveAttribute('aria-expanded', 'true');
    await userEvent.click(collapse);
    expect(
      screen.queryByRole('link', { name: 'ledger' }),
    ).not.toBeInTheDocument();
  });

  it('says what failed of the services of a group, and tries again', async () => {
    let down = true;
    renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: ({ query }) => {
          if (query?.groupBy === 'service' && down) {
            throw httpError(500);
          }
          return aScoreboard({
            items: query?.groupBy === 'service' ? [] : [aScoreboardRow()],
          });
        },
      },
      query: '?expand=group:default/payments',
    });
    expect(
      await screen.findByText('The services could not be loaded.'),
    ).toBeInTheDocument();
    down = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('No service of it may be seen by you.'),
    ).toBeInTheDocument();
  });

  it('says why it is empty', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: answer({ items: [], asOf: undefined, environments: [] }),
    });
    expect(
      await screen.findByText(/No team has a service you may see here/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/No source has told of a deployment yet/),
    ).toBeInTheDocument();
    expect(screen.getByText(/set day2.environments/)).toBeInTheDocument();
  });

  it('says that it is loading, and what failed', async () => {
    const { unmount } = renderDay2(<ScoreboardPage />, {
      answers: { getScoreboard: () => new Promise(() => {}) },
    });
    expect(await screen.findByText('Loading Scoreboard')).toBeInTheDocument();
    unmount();
    renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: () => {
          throw httpError(429);
        },
      },
    });
    expect(await screen.findByText('Too many requests')).toBeInTheDocument();
  });

  it('keeps the page of a figure without a change before it', async () => {
    const figure = aDeliveryFigure('changeFailRate', {
      previous: { unit: 'ratio', n: 1, reason: 'Insufficient data: 1' },
      change: undefined,
    });
    renderDay2(<ScoreboardPage />, {
      answers: answer({ items: [aScoreboardRow({ figures: [figure] })] }),
    });
    expect(await teamRow()).toHaveTextContent('before: insufficient data');
  });
});
