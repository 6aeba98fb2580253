import { screen, within } from '@testing-library/react';
import { httpError } from '../__testUtils__/fakeApi';
import {
  aDriftedApplication,
  anApplication,
} from '../__testUtils__/gitopsRecords';
import { aSummary, hoursAgo, notConfigured } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntitySyncCard } from './EntitySyncCard';

const tab = '/catalog/default/component/payments-api/day2?section=sync';

describe('the card Sync', () => {
  it('has the state of each application where it runs, leading to its record', async () => {
    const drifted = aDriftedApplication();
    renderDay2(<EntitySyncCard />, {
      answers: {
        getServiceGitops: () => ({
          items: [anApplication(), drifted],
          asOf: hoursAgo(0.01),
          running: aSummary().header.running,
        }),
      },
    });
    const table = await screen.findByRole('table', {
      name: 'By environment and target',
    });
    expect(
      within(table).getByRole('link', {
        name: new RegExp(`Drifted.*${drifted.name}`),
      }),
    ).toHaveAttribute(
      'href',
      `${tab}&open=${encodeURIComponent(`application:${drifted.id}`)}`,
    );
    expect(screen.getByText(/^as of/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /on the Day 2 tab/ }),
    ).toHaveAttribute('href', tab);
  });

  it('says why it is empty', async () => {
    renderDay2(<EntitySyncCard />, {
      answers: {
        getServiceGitops: () => ({
          items: [],
          running: [],
          empty: notConfigured,
        }),
      },
    });
    expect(await screen.findByText(notConfigured.text)).toBeInTheDocument();
    expect(screen.queryByText(/^as of/)).not.toBeInTheDocument();
  });

  it('says what failed', async () => {
    renderDay2(<EntitySyncCard />, {
      answers: {
        getServiceGitops: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });
});
