import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDeliveryFigure,
  aScoreboard,
  aScoreboardRow,
} from '../__testUtils__/deliveryRecords';
import { httpError } from '../__testUtils__/fakeApi';
import { hoursAgo, nothingFound } from '../__testUtils__/records';
import { entity, renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';
import { ChangeWord } from './ChangeWord';
import { EntityDeliveryCard } from './EntityDeliveryCard';
import { EntityGroupDeliveryCard } from './EntityGroupDeliveryCard';

const group = {
  ...entity,
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
};

describe('the change of a figure', () => {
  it.each([
    [0.204, 'about as before, was 20.4 %'],
    [0.2, 'same as before'],
  ])('is no change where %p was before', async (before, words) => {
    const figure = aDeliveryFigure('deploymentReworkRate');
    renderDay2(
      <ChangeWord
        figure={{
          ...figure,
          previous: { ...figure.figure, value: before },
          change: { by: 0.2 - before, direction: 'same' },
        }}
      />,
    );
    const [, word] = /^([^,]*)/.exec(words)!;
    const shown = await screen.findByText(new RegExp(`^${word}`));
    expect(shown.parentElement?.textContent).toBe(words);
  });
});

describe('the section Delivery', () => {
  it('has the figures of the service in its environment and range', async () => {
    const { api } = renderDay2(<EntityDay2Content />, {
      query: '?section=delivery&range=30d',
    });
    const tile = await screen.findByRole('region', {
      name: 'Change fail rate',
    });
    expect(tile).toHaveTextContent('12.5 %');
    expect(
      screen.getByRole('link', { name: 'All of it on the scoreboard' }),
    ).toHaveAttribute('href', '/day2/scoreboard');
    const asked = api.calls.find(
      ({ operation }) => operation === 'getServiceDelivery',
    );
    expect(asked).toMatchObject({
      params: { name: 'payments-api' },
      query: { environment: 'production' },
    });
  });

  it.each([
    ['Deployment frequency', '5.6 a week', 'of 24 deployments', 'was 2.8 a'],
    ['Change lead time', '4 h', 'of 61 commits', 'better, was 8 h'],
    [
      'Failed deployment recovery time',
      'Insufficient data: 2 recoveries, 3 are needed',
      '1 open, oldest 2 h',
      'before: insufficient data',
    ],
    ['Change fail rate', '12.5 %', 'measured for 96 %', 'worse, was 10 %'],
    ['Deployment rework rate', '20 %', 'of 25 deployments', 'same as before'],
  ])(
    'has of %s value, from how much, before, weeks and rows',
    async (name, ...words) => {
      renderDay2(<EntityDay2Content />, { query: '?section=delivery' });
      const tile = await screen.findByRole('region', { name });
      for (const each of words) {
        expect(tile).toHaveTextContent(each);
      }
      const hasWeeks = within(tile).queryByRole('img', { name: /^By week/ });
      // A line of nothing but gaps is none.
      expect(hasWeeks !== null).toBe(!words[0].startsWith('Insufficient'));
      await userEvent.click(within(tile).getByRole('button'));
      const drawer = await screen.findByRole('dialog', {
        name: `${name} · payments-api`,
      });
      expect(
        await within(drawer).findByText('It was rolled back after 38 min.'),
      ).toBeInTheDocument();
      expect(
        within(drawer).getByText(/ISO weeks, from Monday 00:00 on, zone UTC/),
      ).toBeInTheDocument();
    },
  );

  it('stands in the survey, and says which time it is compared with, or not', async () => {
    const { api, query } = renderDay2(<EntityDay2Content />, {
      query: '?section=delivery',
    });
    const tile = await screen.findByRole('region', {
      name: 'Change lead time',
    });
    expect(tile).toHaveTextContent('better than at least 75.4 % (2025)');
    expect(screen.getByText(/compared with .+ to .+/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Not' }));
    expect(query().get('compare')).toBe('no');
    await waitFor(() =>
      expect(
        api.calls
          .filter(({ operation }) => operation === 'getServiceDelivery')
          .at(-1)?.query,
      ).toMatchObject({ compare: 'false' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Change lead time' }),
    ).not.toHaveTextContent('was 8 h');
    expect(screen.queryByText(/compared with/)).not.toBeInTheDocument();
  });

  it('opens a figure, and closes with the section', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      query: '?section=delivery',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Change fail rate of/ }),
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'Change fail rate · payments-api',
    });
    // All are of this service: it is not named in each row.
    await within(drawer).findByText('It was rolled back after 38 min.');
    expect(
      within(drawer).queryByRole('link', { name: 'payments-api' }),
    ).not.toBeInTheDocument();
    expect(query().get('open')).toBe(
      'figure:changeFailRate:service:component:default/payments-api',
    );
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );
    expect(query().get('open')).toBeNull();
  });
});

describe('the cards', () => {
  it('of a service leads to the figure on its tab', async () => {
    renderDay2(<EntityDeliveryCard />);
    const tile = await screen.findByRole('region', {
      name: 'Change lead time',
    });
    expect(within(tile).getByRole('link', { name: '4 h' })).toHaveAttribute(
      'href',
      `/catalog/default/component/payments-api/day2?section=delivery&range=30d&open=${encodeURIComponent(
        'figure:changeLeadTime:service:component:default/payments-api',
      )}`,
    );
  });

  it('of a service says why it is empty, or what failed', async () => {
    const base = {
      from: hoursAgo(720),
      to: hoursAgo(0),
      zone: 'UTC',
      environments: [],
    };
    const { unmount } = renderDay2(<EntityDeliveryCard />, {
      answers: {
        getServiceDelivery: () => ({
          ...base,
          row: aScoreboardRow(),
          empty: nothingFound,
        }),
      },
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    unmount();
    renderDay2(<EntityDeliveryCard />, {
      answers: {
        getServiceDelivery: () => {
          throw httpError(404);
        },
      },
    });
    expect(await screen.findByText('Not known to Day 2')).toBeInTheDocument();
  });

  it('of a group has its own row, and leads to the scoreboard', async () => {
    const { api } = renderDay2(<EntityGroupDeliveryCard />, {
      of: group,
      answers: {
        getScoreboard: () =>
          aScoreboard({
            items: [
              aScoreboardRow({ ref: 'group:default/cards', figures: [] }),
              aScoreboardRow({ hidden: 1 }),
            ],
          }),
      },
    });
    const tile = await screen.findByRole('region', {
      name: 'Change fail rate',
    });
    expect(within(tile).getByRole('link', { name: '12.5 %' })).toHaveAttribute(
      'href',
      `/day2/scoreboard?open=${encodeURIComponent(
        'figure:changeFailRate:team:group:default/payments',
      )}`,
    );
    expect(screen.getByText('1 service hidden')).toBeInTheDocument();
    expect(api.calls.at(-1)?.query).toMatchObject({
      groupBy: 'team',
      within: 'group:default/payments',
    });
  });

  it('of a group without services says so', async () => {
    renderDay2(<EntityGroupDeliveryCard />, {
      of: group,
      answers: {
        getScoreboard: () =>
          aScoreboard({ items: [], total: aScoreboardRow({ services: 0 }) }),
      },
    });
    expect(
      await screen.findByText('No service of it may be seen by you.'),
    ).toBeInTheDocument();
  });
});
