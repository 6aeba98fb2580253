import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import { aSource, aSummary, hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { SourcesPage } from '../sources';
import { EntityWhatChangedCard } from '../timeline';
import { EntityDay2Content } from './EntityDay2Content';
import { EntityRunningVersionsCard } from './EntityRunningVersionsCard';

const ailing = {
  getServiceSummary: () =>
    aSummary({
      asOf: hoursAgo(1.2),
      sources: {
        total: 3,
        fine: 2,
        reading: [],
        problems: [
          {
            source: 'git:x',
            title: 'tern-helm',
            code: 'unreachable' as const,
            text: 'The Git server did not answer.',
            since: hoursAgo(1),
          },
        ],
      },
    }),
};

// The table within a panel may be a region of the same name.
const panel = async (name: string) =>
  (await screen.findAllByRole('region', { name }))[0];

describe('what is not current', () => {
  it('is grey and says so, with its age, wherever a failing source has a part', async () => {
    renderDay2(<EntityDay2Content />, { answers: ailing });
    for (const name of ['Changes', 'Last known good version', 'What changed']) {
      expect(await panel(name)).toHaveAttribute('data-stale', 'true');
    }
    for (const name of ['Changes', 'What changed']) {
      expect(await panel(name)).toHaveTextContent(/Stale\s*as of .* ago/);
    }
    // Annotations of the catalog do not age with a source, and an empty tile has no data.
    for (const name of ['When it breaks', 'Cost']) {
      expect(await panel(name)).not.toHaveAttribute('data-stale');
    }
  });

  it('is told by the cards of the Overview tab too', async () => {
    const { unmount } = renderDay2(<EntityRunningVersionsCard />, {
      answers: ailing,
    });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    expect(await panel('Running versions')).toHaveAttribute('data-stale');
    unmount();
    renderDay2(<EntityWhatChangedCard />, { answers: ailing });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    expect(await panel('What changed')).toHaveAttribute('data-stale');
  });

  it('is nothing while all is fine', async () => {
    renderDay2(<EntityDay2Content />);
    expect(await panel('Changes')).not.toHaveAttribute('data-stale');
    expect(screen.queryByText('Stale')).not.toBeInTheDocument();
  });

  it('names what ails over the page, which stays where it is', async () => {
    renderDay2(<EntityDay2Content />, { answers: ailing });
    const opener = await screen.findByRole('button', {
      name: '2 of 3 sources fine',
    });
    await userEvent.click(opener);
    const dialog = await screen.findByRole('dialog', {
      name: '2 of 3 sources fine',
    });
    expect(dialog).toHaveTextContent('tern-helm: not reachable');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });

  it('is what could not be refreshed', async () => {
    let down = false;
    renderDay2(<SourcesPage />, {
      answers: {
        listSources: () => {
          if (down) {
            throw httpError(500);
          }
          return {
            items: [aSource()],
            asOf: hoursAgo(0.01),
            canManage: true,
            queues: { sequences: 0, subjects: 0 },
          };
        },
      },
    });
    const page = await panel('Sources');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run now: tern-gitops' }),
    );
    down = true;
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Run now',
      }),
    );
    expect(await screen.findByText('Not current')).toBeInTheDocument();
    expect(page).toHaveAttribute('data-stale', 'true');
    expect(page).toHaveTextContent(/Stale\s*as of/);
    expect(page).toHaveTextContent('tern-gitops');
  });
});
