import { screen } from '@testing-library/react';
import { httpError } from '../__testUtils__/fakeApi';
import { aSummary, nothingFound } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityWhatChangedCard } from '../timeline';
import { EntityRunningVersionsCard } from './EntityRunningVersionsCard';
import { ServicesPage } from './ServicesPage';

describe('the cards', () => {
  it('What changed leads to the record on the tab', async () => {
    renderDay2(<EntityWhatChangedCard />);
    expect(
      await screen.findByRole('link', { name: '2.40.3 → 2.41.0' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2?open=deployment:dep-1',
    );
    expect(screen.getByText(/^as of/)).toBeInTheDocument();
  });

  it('What changed says why it is empty', async () => {
    renderDay2(<EntityWhatChangedCard />, {
      answers: {
        listServiceTimeline: () => ({ items: [], empty: nothingFound }),
      },
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    expect(screen.getByText('never read yet')).toBeInTheDocument();
  });

  it('What changed says what failed', async () => {
    renderDay2(<EntityWhatChangedCard />, {
      answers: {
        listServiceTimeline: () => {
          throw httpError(500, 'The database is away.');
        },
      },
    });
    expect(
      await screen.findByText('The database is away.'),
    ).toBeInTheDocument();
  });

  it('Running versions has each environment, or says that nothing is known', async () => {
    const { unmount } = renderDay2(<EntityRunningVersionsCard />);
    expect(
      await screen.findByRole('row', { name: /production/ }),
    ).toHaveTextContent('2.41.0');
    unmount();
    const base = aSummary();
    renderDay2(<EntityRunningVersionsCard />, {
      answers: {
        getServiceSummary: () => ({
          ...base,
          header: { ...base.header, running: [] },
        }),
      },
    });
    expect(
      await screen.findByText(/No deployment of it is known yet/),
    ).toBeInTheDocument();
  });
});

describe('the list of services', () => {
  it('leads to each one’s tab', async () => {
    renderDay2(<ServicesPage />);
    expect(
      await screen.findByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments-api/day2');
  });
});
