import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import {
  aDriftedApplication,
  anApplication,
} from '../__testUtils__/gitopsRecords';
import { aSummary, hoursAgo, notConfigured } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';
import { SyncDetail } from './SyncDetail';
import { SyncSection } from './SyncSection';

const service = 'component:default/payments-api';
const [origin] = anApplication().origins;

function answer(
  items: ReturnType<typeof anApplication>[],
  over: Partial<
    Awaited<ReturnType<NonNullable<Answers['getServiceGitops']>>>
  > = {},
): Answers {
  return {
    getServiceGitops: () => ({
      items,
      asOf: hoursAgo(0.01),
      running: aSummary().header.running,
      ...over,
    }),
  };
}

describe('the tile Sync', () => {
  it('says each reason with the applications that it holds for', () => {
    renderDay2(
      <SyncDetail
        of={{
          detail: 'drifted in production ap-1',
          unobserved: [
            {
              where: 'production us-1',
              why: 'us-1: refused',
              since: hoursAgo(2),
            },
            { where: 'staging eu-1', why: 'eu-1: gone' },
          ],
        }}
      />,
    );
    expect(document.body).toHaveTextContent(
      /drifted in production ap-1\s*unknown in production us-1: us-1: refused, since [^,]* ago\s*unknown in staging eu-1: eu-1: gone/,
    );
  });
});

describe('the section Sync', () => {
  it('is reached from its tile and by the address', async () => {
    const { query } = renderDay2(<EntityDay2Content />);
    await userEvent.click(
      await screen.findByRole('link', {
        name: 'Applications and what differs',
      }),
    );
    expect(query().get('section')).toBe('sync');
    expect(
      await screen.findByRole('table', { name: 'Applications' }),
    ).toBeInTheDocument();
  });

  it('says of each application its state with why, health, revisions, last operation and automation', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([
        anApplication({
          operation: {
            phase: 'failed',
            finishedAt: hoursAgo(1),
            actor: { id: 'p-ana', name: 'Ana' },
            automated: false,
            revisions: [],
          },
          failing: true,
          origins: [
            { ...origin, syncedRevision: 'f'.repeat(40), syncedUrl: undefined },
          ],
        }),
        aDriftedApplication(),
      ]),
    });
    const table = await screen.findByRole('table', { name: 'Applications' });
    const [, synced, drifted] = within(table).getAllByRole('row');
    expect(synced).toHaveTextContent('production · eu-1');
    expect(synced).toHaveTextContent('Synced');
    expect(synced).toHaveTextContent('last operation failed');
    expect(synced).toHaveTextContent('Healthy');
    expect(
      within(synced).getByRole('link', { name: /1a2b3c4d/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example/tern-gitops/commit/1a2b3c4d',
    );
    expect(synced).toHaveTextContent(/synced ffffffff.*\(asks for the same\)/);
    expect(synced).toHaveTextContent('Failed');
    expect(synced).toHaveTextContent('Ana');
    expect(synced).toHaveTextContent('heals itself');
    expect(drifted).toHaveTextContent('Drifted');
    expect(drifted).toHaveTextContent('1 resource differs.');
    expect(drifted).toHaveTextContent('Degraded');
    expect(drifted).toHaveTextContent('the same is synced');
    expect(drifted).toHaveTextContent('does not heal itself');
    expect(screen.getAllByText(/^as of/)).not.toHaveLength(0);
  });

  it('shows the whole of a revision on focus', async () => {
    renderDay2(<SyncSection serviceRef={service} />);
    const link = await screen.findByRole('link', { name: /1a2b3c4d/ });
    await userEvent.hover(link);
    expect(
      await screen.findByText(origin.desiredRevision as string),
    ).toBeInTheDocument();
  });

  it('sets environments against targets, with the version that runs there', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([
        anApplication(),
        aDriftedApplication(),
        anApplication({
          id: 'app-3',
          environment: 'staging',
          sync: 'pending',
          failing: true,
        }),
      ]),
    });
    const matrix = await screen.findByRole('table', {
      name: 'By environment and target',
    });
    expect(
      within(matrix)
        .getAllByRole('columnheader')
        .map(head => head.textContent),
    ).toEqual(['Environment', 'eu-1', 'us-1']);
    const [, production, staging] = within(matrix).getAllByRole('row');
    expect(production).toHaveTextContent(
      /production.*Synced.*2\.41\.0.*Drifted.*2\.40\.3/,
    );
    expect(
      within(production).getByRole('button', {
        name: /Drifted.*Degraded.*payments-api-us-1, production · us-1/,
      }),
    ).toBeInTheDocument();
    expect(staging).toHaveTextContent(
      /staging.*Pending.*last operation failed/,
    );
    expect(staging).not.toHaveTextContent('Drifted');
  });

  it('opens what differs in a drawer, by keyboard, and holds it in the address', async () => {
    const { query } = renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([aDriftedApplication()]),
    });
    const opener = await screen.findByRole('button', {
      name: 'payments-api-us-1',
    });
    opener.focus();
    await userEvent.keyboard('{Enter}');
    const drawer = await screen.findByRole('dialog', {
      name: 'payments-api-us-1',
    });
    expect(query().get('open')).toBe('application:app-2');
    const resources = within(drawer).getByRole('table', {
      name: 'What differs or is not well',
    });
    expect(resources).toHaveTextContent('Deployment');
    expect(resources).toHaveTextContent('Out of sync');
    expect(drawer).toHaveTextContent('2 of 3 replicas are ready.');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(opener).toHaveFocus());
    expect(query().get('open')).toBeNull();
  });

  it('opens a drawer by the address, with the conditions and of how many resources it tells', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([
        aDriftedApplication({
          resourceCount: 300,
          conditions: [{ type: 'SyncError', message: 'It is not to be.' }],
        }),
      ]),
      query: '?open=application:app-2',
    });
    const drawer = await screen.findByRole('dialog');
    await within(drawer).findByText(/It is not to be/);
    expect(drawer).toHaveTextContent(
      'What differs or is not well (1 of 300 resources)',
    );
    expect(drawer).not.toHaveTextContent('are listed');
  });

  it('says so where the application of a link is gone', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      query: '?open=application:gone',
    });
    expect(
      await screen.findByText(/no longer among those of this service/),
    ).toBeInTheDocument();
  });

  it('greys what was not read, with since when and why', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([
        anApplication({
          stale: true,
          sync: 'unknown',
          syncReasons: [{ code: 'x', text: 'Argo CD did not answer.' }],
        }),
      ]),
    });
    const table = await screen.findByRole('table', { name: 'Applications' });
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent('Unknown');
    expect(row).toHaveTextContent(/not read since .* ago/);
    expect(row).toHaveTextContent('Argo CD did not answer.');
    expect(row.querySelectorAll('[data-stale]').length).toBeGreaterThan(0);
  });

  it('calls things by ITIL’s words where asked', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([aDriftedApplication()]),
      query: '?words=itil',
    });
    expect(
      (await screen.findAllByText('Off its baseline')).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText('Drifted')).not.toBeInTheDocument();
    expect(screen.getByText('Configuration audit')).toBeInTheDocument();
  });

  it('says why it is empty and what to do', async () => {
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: answer([], { empty: notConfigured, running: [] }),
    });
    expect(await screen.findByText(notConfigured.text)).toBeInTheDocument();
    expect(screen.getByText(/argocd: {}/)).toBeInTheDocument();
    // Nothing of it was read, so nothing of it is of some age.
    expect(screen.queryByText(/never read yet|^as of/)).toBeNull();
  });

  it('reads further pages when asked to, all of them again, and as far as the one that is opened', async () => {
    const ids = Array.from({ length: 250 }, (_, n) => `app-${n}`);
    const reads: unknown[] = [];
    const pages: Answers = {
      getServiceGitops: ({ query }) => {
        reads.push(query?.cursor);
        const from = Number(query?.cursor ?? 0);
        const to = from + Number(query?.limit);
        return {
          items: ids
            .slice(from, to)
            .map(id => anApplication({ id, name: `name of ${id}` })),
          nextCursor: to < ids.length ? String(to) : undefined,
          running: [],
        };
      },
    };
    const { unmount } = renderDay2(<SyncSection serviceRef={service} />, {
      answers: pages,
    });
    expect(
      await screen.findByText(/first 100 applications/),
    ).toBeInTheDocument();
    expect(reads).toEqual([undefined]);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(
      await screen.findByText(/first 200 applications/),
    ).toBeInTheDocument();
    expect(reads).toEqual([undefined, undefined, '100']);
    unmount();
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: pages,
      query: '?open=application:app-240',
    });
    expect(
      await screen.findByRole('dialog', { name: 'name of app-240' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/first \d+ applications/)).toBeNull();
  });

  it('says that it is loading, and what failed', async () => {
    const { unmount } = renderDay2(<SyncSection serviceRef={service} />, {
      answers: { getServiceGitops: () => new Promise(() => {}) },
    });
    expect(await screen.findByText('Loading Sync')).toBeInTheDocument();
    unmount();
    renderDay2(<SyncSection serviceRef={service} />, {
      answers: {
        getServiceGitops: () => {
          throw httpError(403);
        },
      },
    });
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });
});
