import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDeliveryRecord, aScoreboard } from '../__testUtils__/deliveryRecords';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { ScoreboardPage } from './ScoreboardPage';

const teamRow = async () => {
  const table = await screen.findByRole('table', { name: 'By team' });
  return within(table).getAllByRole('row')[1];
};

describe('a figure of the Scoreboard page', () => {
  it('has which deployments made last month’s fail rate two steps away', async () => {
    const { api, query, back } = renderDay2(<ScoreboardPage />, {
      query: '?range=last-month&zone=UTC',
    });
    const row = await teamRow();
    const figure = within(row).getByRole('button', {
      name: /^Change fail rate of Payments: 12.5 %/,
    });
    await userEvent.click(figure);
    const drawer = await screen.findByRole('dialog', {
      name: 'Change fail rate · Payments',
    });
    expect(query().get('open')).toBe(
      'figure:changeFailRate:team:group:default/payments',
    );
    const records = await within(drawer).findByRole('table', {
      name: 'Deployments behind it',
    });
    expect(records).toHaveTextContent('2.39.4 → 2.40.0');
    expect(records).toHaveTextContent('It was rolled back after 38 min.');
    expect(
      within(drawer).getByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2?section=delivery',
    );
    // The failed ones first, over the very range of the figure.
    const asked = () =>
      api.calls.filter(({ operation }) => operation === 'listDeliveryRecords');
    expect(asked().at(-1)?.query).toMatchObject({
      metric: 'changeFailRate',
      grouping: 'team',
      ref: 'group:default/payments',
      role: 'numerator',
      from: aScoreboard().from,
      to: aScoreboard().to,
    });
    // What the line draws is there as a table.
    expect(
      within(drawer).getByRole('row', {
        name: /2026-W42 .+ Insufficient data: 1/,
      }),
    ).toBeInTheDocument();
    await userEvent.selectOptions(within(drawer).getByLabelText('Show'), 'all');
    await waitFor(() => expect(asked().at(-1)?.query?.role).toBeUndefined());
    expect(query().get('role')).toBe('all');

    await userEvent.click(
      await within(drawer).findByRole('button', { name: '2.39.4 → 2.40.0' }),
    );
    expect(query().get('open')).toBe('deployment:dep-7');
    expect(
      await screen.findByRole('dialog', { name: /in production$/ }),
    ).toBeInTheDocument();
    back();
    expect(
      await screen.findByRole('dialog', {
        name: 'Change fail rate · Payments',
      }),
    ).toBeInTheDocument();
  });

  it('marks the rows that only a suspected incident makes so', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        listDeliveryRecords: () => ({
          items: [
            aDeliveryRecord({ suspected: true }),
            aDeliveryRecord({ deploymentId: 'dep-8', version: '2.41.0' }),
          ],
          membership: 'then',
          hidden: 0,
        }),
      },
      query: '?open=figure:changeFailRate:organisation',
    });
    const records = await screen.findByRole('table', {
      name: 'Deployments behind it',
    });
    const [, first, second] = within(records).getAllByRole('row');
    expect(first).toHaveTextContent('Only suspected');
    expect(second).not.toHaveTextContent('Only suspected');
  });

  it('gives the focus back to the figure when its drawer closes', async () => {
    renderDay2(<ScoreboardPage />);
    const row = await teamRow();
    const figure = within(row).getByRole('button', {
      name: /^Change lead time of Payments/,
    });
    figure.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('dialog');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(figure).toHaveFocus());
  });

  it('opens a figure by a link whose row is on no page', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        listDeliveryRecords: () => ({
          items: [
            aDeliveryRecord({
              metric: 'failedDeploymentRecoveryTime',
              role: 'open',
              recovery: {
                failureStartedAt: '2026-11-01T00:00:00Z',
                how: 'open',
                incidentId: 'inc-1',
              },
            }),
          ],
          membership: 'then',
          hidden: 3,
        }),
      },
      query:
        '?role=open&open=figure:failedDeploymentRecoveryTime:service:component:default/far',
    });
    const drawer = await screen.findByRole('dialog', {
      name: 'Failed deployment recovery time · far',
    });
    expect(await within(drawer).findByText('still open')).toBeInTheDocument();
    expect(
      within(drawer).getByRole('link', { name: 'The incident it caused' }),
    ).toHaveAttribute('href', '/day2/incidents/inc-1');
    expect(drawer).toHaveTextContent('3 services hidden');
    expect(within(drawer).getByLabelText('Show')).toHaveValue('open');
  });

  it.each([
    [
      '?range=custom',
      /needs both in the address, the end after the start, such as range=custom&from=.+read was “… – …”/,
    ],
    ['?range=14d', /No range “14d” is known: there are 7d, 30d, 90d/],
    [
      '?env=nope',
      /No environment “nope” is configured.+Shown instead: all of production/,
    ],
    ['?zone=Moon', /no time zone “Moon”; they are called such as Europe/],
  ])('says of %s what is wrong, and how to mend it', async (query, words) => {
    const { api } = renderDay2(<ScoreboardPage />, { query });
    expect(await screen.findByText(words)).toBeInTheDocument();
    // What is shown instead is shown.
    await teamRow();
    expect(screen.getByLabelText('Range')).toHaveValue('30d');
    expect(screen.getByLabelText('Environment')).toHaveValue('');
    await waitFor(() =>
      expect(
        api.calls
          .filter(({ operation }) => operation === 'getScoreboard')
          .at(-1)?.query?.environment,
      ).toBeUndefined(),
    );
    expect(api.calls.some(each => each.query?.from === '')).toBe(false);
  });

  it('says that nothing is behind it where that is so', async () => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        listDeliveryRecords: () => ({
          items: [],
          membership: 'then',
          hidden: 0,
        }),
      },
      query: '?open=figure:changeFailRate:organisation',
    });
    expect(
      await screen.findByText('None of these in this time.'),
    ).toBeInTheDocument();
  });
});
