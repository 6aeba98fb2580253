import { screen, within } from '@testing-library/react';
import {
  aDeliveryFigure,
  aDeliveryRecord,
  aScoreboard,
  aScoreboardRow,
} from '../__testUtils__/deliveryRecords';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { ScoreboardPage } from './ScoreboardPage';

describe('the words of the scoreboard', () => {
  it('say once that membership is assumed where it is so of all rows', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: () =>
          aScoreboard({
            items: ['payments', 'shop'].map(name =>
              aScoreboardRow({
                ref: `group:default/${name}`,
                title: name,
                membershipAssumed: true,
              }),
            ),
          }),
      },
    });
    const table = await screen.findByRole('table', { name: 'By team' });
    expect(
      screen.getAllByText(/earliest known services stand in/),
    ).toHaveLength(1);
    expect(table).not.toHaveTextContent('membership partly assumed');
  });

  it('count the groups, and not the services of the open one too', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: ({ query }) =>
          aScoreboard({
            items:
              query?.groupBy === 'service'
                ? ['a', 'b', 'c'].map(name =>
                    aScoreboardRow({
                      grouping: 'service',
                      ref: `component:default/${name}`,
                      title: name,
                    }),
                  )
                : [aScoreboardRow()],
          }),
      },
      query: '?expand=group:default/payments',
    });
    const table = await screen.findByRole('table', { name: 'By team' });
    await within(table).findByRole('link', { name: 'c' });
    expect(within(table).getAllByRole('row')).toHaveLength(5);
    expect(screen.getAllByText('1 entry')).not.toHaveLength(0);
    expect(screen.queryByText('4 entries')).not.toBeInTheDocument();
  });

  it('say of a share how many of how many', async () => {
    const ratio = { unit: 'ratio', n: 19 };
    renderDay2(<ScoreboardPage />, {
      answers: {
        getScoreboard: () =>
          aScoreboard({
            items: [
              aScoreboardRow({
                figures: [
                  aDeliveryFigure('changeFailRate', {
                    figure: { ...ratio, value: 1 / 19 },
                  }),
                  aDeliveryFigure('deploymentReworkRate', {
                    figure: { ...ratio, value: 0 },
                  }),
                ],
              }),
            ],
          }),
      },
    });
    const table = await screen.findByRole('table', { name: 'By team' });
    expect(table).toHaveTextContent('1 of 19 deployments that went live');
    expect(table).toHaveTextContent('0 of 19 deployments');
  });

  it.each([
    ['', 'all', true],
    ['&role=counted', 'counted', false],
  ])(
    'of 100 %% show what there is, and nothing else than what is asked for: %p',
    async (asked, role, shows) => {
      renderDay2(<ScoreboardPage />, {
        answers: {
          listDeliveryRecords: ({ query }) => ({
            items:
              query?.role === undefined
                ? [aDeliveryRecord({ metric: 'deploymentSuccessRate' })]
                : [],
            membership: 'then',
            hidden: 0,
          }),
        },
        query: `?open=figure:deploymentSuccessRate:team:group:default/payments${asked}`,
      });
      const drawer = await screen.findByRole('dialog');
      if (shows) {
        await within(drawer).findByRole('table', {
          name: 'Deployments behind it',
        });
      } else {
        await within(drawer).findByText('None of these in this time.');
      }
      expect(within(drawer).getByLabelText('Show')).toHaveValue(role);
    },
  );
});
