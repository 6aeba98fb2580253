import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import { aSource, hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { SourcesPage } from './SourcesPage';

const answer = (
  items: ReturnType<typeof aSource>[],
  over: { canManage?: boolean; failed?: number; changes?: number } = {},
) => ({
  listSources: () => ({
    items,
    asOf: hoursAgo(0),
    canManage: over.canManage ?? true,
    queues: {
      sequences: 0,
      subjects: 0,
      changes: over.changes,
      failed: over.failed,
    },
  }),
});

describe('the Sources page', () => {
  it('says of a failing source since when, why, and what to do', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([
        aSource({
          state: 'failing',
          failingSince: hoursAgo(2),
          error: {
            code: 'credential-refused',
            text: 'The Git server answered 401.',
            fix: 'Renew the token of integrations.github.',
          },
          skipped: { 'Helm template': 12 },
          notices: ['History was rewritten; it is read anew.'],
        }),
      ]),
    });
    const row = (await screen.findAllByRole('row'))[1];
    for (const words of [
      'Failing',
      'failing since',
      'credential refused: The Git server answered 401.',
      'Renew the token of integrations.github.',
      '12 Helm templates',
      '320 change',
      'History was rewritten; it is read anew.',
    ]) {
      expect(row).toHaveTextContent(words);
    }
  });

  it('says where its tool sends to, when it did last, and what waits', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([
        aSource({
          webhook: {
            path: '/api/day2/webhooks/alertmanager:main',
            waiting: 2,
            lastAt: hoursAgo(1),
            turnedAway: { count: 3, lastAt: hoursAgo(2) },
          },
        }),
        aSource({
          id: 'pagerduty:main',
          title: 'PagerDuty',
          webhook: { path: '/api/day2/webhooks/pagerduty:main', waiting: 0 },
        }),
      ]),
    });
    const [, first, second] = await screen.findAllByRole('row');
    expect(first).toHaveTextContent(
      'Its tool sends to /api/day2/webhooks/alertmanager:main',
    );
    expect(first).toHaveTextContent(/last sent .* ago · 2 wait to be taken in/);
    expect(first).toHaveTextContent(
      /3 deliveries found too many waiting and were turned away: .* Last .* ago/,
    );
    expect(second).toHaveTextContent('nothing sent yet');
    expect(second).not.toHaveTextContent('turned away');
    expect(second).not.toHaveTextContent('taken in');
  });

  it.each([
    ['ok', 'Fine'],
    ['running', 'Running'],
    ['stale', 'Stale'],
    ['paused', 'Paused'],
    ['never-run', 'Never run'],
  ] as const)('has a word for %s', async (state, word) => {
    renderDay2(<SourcesPage />, { answers: answer([aSource({ state })]) });
    expect(await screen.findByText(word)).toBeInTheDocument();
  });

  it('shows how far the reading of the past has come', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([
        aSource({
          state: 'back-filling',
          progress: { done: 250, total: 1_000, unit: 'commits' },
        }),
      ]),
    });
    expect(await screen.findByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '25',
    );
    expect(screen.getByText('250 of 1,000 commits')).toBeInTheDocument();
  });

  it('draws no bar once the past is read', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([
        aSource({ progress: { done: 2, total: 2, unit: 'commits' } }),
      ]),
    });
    expect(await screen.findByText('Fine')).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('says what an action will do, does it only then, and says what it did', async () => {
    const { api } = renderDay2(<SourcesPage />);
    const asked = () =>
      api.calls.filter(({ operation }) => operation === 'controlSource');
    const opener = await screen.findByRole('button', {
      name: 'Read again: tern-gitops',
    });
    await userEvent.click(opener);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('It is read again from the beginning.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    expect(asked()).toEqual([]);

    await userEvent.click(opener);
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Read again',
      }),
    );
    expect(
      await screen.findByText('It was read: 3 new commits.'),
    ).toBeInTheDocument();
    expect(asked()).toMatchObject([
      { params: { id: 'git:tern-gitops' }, body: { action: 'reread' } },
    ]);
    await waitFor(() =>
      expect(
        api.calls.filter(({ operation }) => operation === 'listSources').length,
      ).toBeGreaterThan(1),
    );
  });

  it('says so when an action is refused', async () => {
    renderDay2(<SourcesPage />, {
      answers: {
        controlSource: () => {
          throw httpError(403);
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause: tern-gitops' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Pause',
      }),
    );
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });

  it('offers nothing to those who may only look', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([aSource()], { canManage: false }),
    });
    expect(await screen.findByText(/day2.source.manage/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Run now/ }),
    ).not.toBeInTheDocument();
  });

  it('offers only what may be asked of a source', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([aSource({ title: 'Catalog', controls: ['run'] })]),
    });
    const buttons = await screen.findAllByRole('button', { name: /Catalog/ });
    expect(buttons.map(button => button.textContent)).toEqual(['Run now']);
  });

  it('says how many changes are still to be worked through', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([aSource()], { changes: 7 }),
    });
    expect(
      await screen.findByText(/to work through: 7 changes/),
    ).toBeInTheDocument();
  });

  it('says how much could not be derived', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([aSource()], { failed: 3 }),
    });
    expect(
      await screen.findByText(/Could not be derived: 3/),
    ).toBeInTheDocument();
  });

  it('only resumes what is paused', async () => {
    renderDay2(<SourcesPage />, {
      answers: answer([aSource({ state: 'paused' })]),
    });
    expect(
      await screen.findByRole('button', { name: 'Resume: tern-gitops' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Run now/ }),
    ).not.toBeInTheDocument();
  });

  it('opens the quarantine with its reasons, and can try it again', async () => {
    const { api, query } = renderDay2(<SourcesPage />, {
      answers: {
        ...answer([aSource({ quarantined: 1 })]),
        listQuarantine: () => ({
          items: [
            {
              id: 'q1',
              source: 'git:tern-gitops',
              reason: 'The tag is a mapping.',
              item: 'tag: {}',
              at: hoursAgo(1),
            },
          ],
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: '1 quarantined of tern-gitops',
      }),
    );
    expect(query().get('open')).toBe('quarantine:git:tern-gitops');
    const drawer = await screen.findByRole('dialog', {
      name: 'Quarantined of tern-gitops',
    });
    expect(
      await within(drawer).findByText('The tag is a mapping.'),
    ).toBeInTheDocument();
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Try these again' }),
    );
    await userEvent.click(
      within(
        await screen.findByRole('dialog', { name: /Try these again/ }),
      ).getByRole('button', { name: 'Try these again' }),
    );
    await waitFor(() =>
      expect(
        api.calls.find(({ operation }) => operation === 'controlSource')?.body,
      ).toEqual({ action: 'replay-quarantine' }),
    );
  });

  it('says how many are in quarantine, and why no more, to those who may only look', async () => {
    const { api } = renderDay2(<SourcesPage />, {
      answers: answer([aSource({ quarantined: 7 })], { canManage: false }),
      query: '?open=quarantine:git:tern-gitops',
    });
    const drawer = await screen.findByRole('dialog', {
      name: 'Quarantined of tern-gitops',
    });
    expect(drawer).toHaveTextContent('In quarantine: 7.');
    expect(drawer).toHaveTextContent('day2.source.manage');
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );
    const row = screen.getAllByRole('row')[1];
    expect(within(row).getByText('7')).toBeInTheDocument();
    expect(within(row).queryByRole('button')).not.toBeInTheDocument();
    expect(
      api.calls.some(({ operation }) => operation === 'listQuarantine'),
    ).toBe(false);
  });

  it('says that what was left out is counted anew while a source is read again', async () => {
    let source = aSource({ skipped: { 'Helm template': 12 } });
    renderDay2(<SourcesPage />, {
      answers: {
        listSources: () => ({
          items: [source],
          asOf: hoursAgo(0),
          canManage: true,
          queues: { sequences: 0, subjects: 0 },
        }),
        controlSource: () => {
          source = { ...source, skipped: {} };
          return { done: 'It is read again.' };
        },
      },
    });
    const act = async (action: string) => {
      await userEvent.click(
        await screen.findByRole('button', { name: `${action}: tern-gitops` }),
      );
      await userEvent.click(
        within(await screen.findByRole('dialog')).getByRole('button', {
          name: action,
        }),
      );
    };
    expect(await screen.findByText('12 Helm templates')).toBeInTheDocument();
    await act('Read again');
    expect(
      await screen.findByText(/It is being read again/),
    ).toBeInTheDocument();
    // It has been read: from here on nothing left out is nothing.
    source = { ...source, lastSuccessAt: hoursAgo(0) };
    await act('Run now');
    expect(await screen.findByText('nothing')).toBeInTheDocument();
    expect(
      screen.queryByText(/It is being read again/),
    ).not.toBeInTheDocument();
  });

  it('says who may see it where one may not', async () => {
    renderDay2(<SourcesPage />, {
      answers: {
        listSources: () => {
          throw httpError(403);
        },
      },
    });
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });
});
