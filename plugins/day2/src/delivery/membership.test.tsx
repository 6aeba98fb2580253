import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDeliveryFigure,
  aDeliveryRecord,
  aScoreboard,
  aScoreboardRow,
} from '../__testUtils__/deliveryRecords';
import type { Answers } from '../__testUtils__/fakeApi';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { ScoreboardPage } from './ScoreboardPage';

function team(name: string, services: number, deployments: number) {
  return aScoreboardRow({
    ref: `group:default/${name}`,
    title: name,
    services,
    figures: [
      aDeliveryFigure('deploymentFrequency', {
        figure: {
          value: deployments / 28,
          unit: 'deployments per day',
          n: deployments,
        },
      }),
    ],
  });
}

/** `till` went from storefront to payments in mid-range: two deployments each. */
const rows: Record<string, ScoreboardRow[]> = {
  then: [team('payments', 2, 6), team('storefront', 3, 7)],
  now: [team('payments', 2, 8), team('storefront', 2, 5)],
};
const tills = ['v20', 'v15.75', 'v15.25', 'v10'];
const answers: Answers = {
  getScoreboard: ({ query }) =>
    aScoreboard({
      membership: query?.membership === 'now' ? 'now' : 'then',
      items: rows[query?.membership ?? 'then'],
    }),
  listDeliveryRecords: ({ query }) => ({
    membership: query?.membership ?? 'then',
    hidden: 0,
    items: tills.slice(0, query?.membership === 'now' ? 4 : 2).map(version =>
      aDeliveryRecord({
        deploymentId: version,
        version,
        previousVersion: undefined,
        serviceRef: 'component:default/till',
        metric: 'deploymentFrequency',
        role: 'counted',
        reasons: [{ code: 'succeeded', text: 'Its roll-out succeeded' }],
      }),
    ),
  }),
};

async function told(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'By team' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => {
      const count = /of (\d+) deployments/.exec(row.textContent ?? '')?.[1];
      return `${within(row).getByRole('link').textContent} ${count}`;
    });
}

describe('whose the deployments of a service are that moved in mid-range', () => {
  it('is by switch, in the address, and explained', async () => {
    const { back, query } = renderDay2(<ScoreboardPage />, { answers });
    expect(await told()).toEqual(['payments 6', 'storefront 7']);
    expect(
      screen.getByText(/counts for whom the service belonged to when it fin/),
    ).toBeInTheDocument();
    expect(query().get('members')).toBeNull();
    const now = screen.getByRole('button', { name: 'Owned now' });
    expect(now).toHaveAttribute('aria-pressed', 'false');

    await userEvent.click(now);
    expect(
      await screen.findByText(/count for whom the service belongs to now/),
    ).toBeInTheDocument();
    await waitFor(async () =>
      expect(await told()).toEqual(['payments 8', 'storefront 5']),
    );
    expect(query().get('members')).toBe('now');
    expect(now).toHaveAttribute('aria-pressed', 'true');

    back();
    await waitFor(async () =>
      expect(await told()).toEqual(['payments 6', 'storefront 7']),
    );
  });

  it.each([
    ['then', 2],
    ['now', 4],
  ])('%s, a link to a figure has its rows: %d', async (members, count) => {
    renderDay2(<ScoreboardPage />, {
      answers,
      query: `?members=${members}&open=figure:deploymentFrequency:team:group:default/payments`,
    });
    const drawer = await screen.findByRole('dialog', {
      name: 'Deployment frequency · payments',
    });
    const table = await within(drawer).findByRole('table', {
      name: 'Deployments behind it',
    });
    await waitFor(() =>
      expect(within(table).getAllByText('Its roll-out succeeded')).toHaveLength(
        count,
      ),
    );
  });
});
