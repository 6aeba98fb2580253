import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import { anEntry, aSummary, nothingFound } from '../__testUtils__/records';
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
    // Of every environment, so each row names its own.
    expect(screen.getAllByRole('row')[1]).toHaveTextContent('production');
    expect(screen.getAllByRole('row')[2]).toHaveTextContent(
      'none in particular',
    );
  });

  it('cut a version that is a commit, and have the whole of it on hover', async () => {
    const sha = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';
    const base = aSummary();
    const [first] = base.header.running;
    const { unmount } = renderDay2(<EntityRunningVersionsCard />, {
      answers: {
        getServiceSummary: () => ({
          ...base,
          header: {
            ...base.header,
            running: [{ ...first, version: sha, targets: [] }],
          },
        }),
      },
    });
    const version = await screen.findByText('1a2b3c4d5e6f');
    expect(screen.queryByText(sha)).not.toBeInTheDocument();
    await userEvent.hover(version);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(sha);
    unmount();

    renderDay2(<EntityWhatChangedCard />, {
      answers: {
        listServiceTimeline: () => ({
          items: [anEntry({ title: `Deployed ${sha}` })],
        }),
      },
    });
    const link = await screen.findByRole('link', {
      name: 'Deployed 1a2b3c4d5e6f',
    });
    await userEvent.hover(link);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(sha);
  });

  it('What changed says why it is empty', async () => {
    renderDay2(<EntityWhatChangedCard />, {
      answers: {
        listServiceTimeline: () => ({ items: [], empty: nothingFound }),
      },
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    // Its sources are fine: it is empty, and not unread.
    expect(screen.getByText('1 of 1 source fine')).toBeInTheDocument();
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
