import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, networkError } from '../__testUtils__/fakeApi';
import {
  aService,
  aSummary,
  hoursAgo,
  nothingFound,
} from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from './EntityDay2Content';

describe('the tab Day 2', () => {
  it('shows the service, what one needs at night, five tiles and the timeline', async () => {
    const { api } = renderDay2(<EntityDay2Content />);

    expect(
      await screen.findByRole('heading', { name: 'payments-api', level: 2 }),
    ).toBeInTheDocument();
    expect(await screen.findByText('2 of 2 sources fine')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Runbook/ })).toHaveAttribute(
      'href',
      'https://runbooks.example/payments-api',
    );
    for (const name of ['Sync', 'Objectives', 'Incidents', 'Cost']) {
      expect(screen.getByRole('region', { name })).toHaveTextContent(
        'No source tells of this yet.',
      );
    }
    expect(screen.getByRole('region', { name: 'Changes' })).toHaveTextContent(
      '14 changes',
    );
    expect(
      await screen.findByRole('table', {
        name: 'The same as a list, newest first',
      }),
    ).toHaveTextContent('2.40.3 → 2.41.0');
    // Where clusters differ, each is named.
    expect(
      screen.getByRole('table', { name: 'Running versions' }),
    ).toHaveTextContent('us-1: 2.40.3');
    expect(screen.queryByText('Sandbox data')).not.toBeInTheDocument();

    const [summary] = api.calls;
    expect(summary).toMatchObject({
      operation: 'getServiceSummary',
      params: { kind: 'component', namespace: 'default', name: 'payments-api' },
    });
    const { from, to } = summary.query as { from: string; to: string };
    expect(Date.parse(to) - Date.parse(from)).toBe(14 * 24 * 3_600_000);
    // The environment shown first is the backend's word, and the sections ask for it.
    expect(
      api.calls.find(({ operation }) => operation === 'listServiceTimeline')
        ?.query,
    ).toMatchObject({ environment: 'production' });
  });

  it('says each figure once, from how many, and makes none of too few', async () => {
    renderDay2(<EntityDay2Content />);
    const tile = await screen.findByRole('region', { name: 'Changes' });
    expect(within(tile).getAllByText('14 changes')).toHaveLength(1);
    expect(tile).toHaveTextContent('1 emergency change (from 14)');
    expect(tile).toHaveTextContent('2 failed deployments (from 10)');
    for (const once of [/10 deployments/g, /2 failed/g]) {
      expect(tile.textContent?.match(once)).toHaveLength(1);
    }
    expect(tile).toHaveTextContent(
      'share of failures: insufficient data (n = 2)',
    );
    expect(tile).toHaveTextContent(/latest .* ago/);
  });

  it('marks the sandbox', async () => {
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () =>
          aSummary({ service: aService({ sandbox: true }) }),
      },
    });
    expect(await screen.findByText('Sandbox data')).toBeInTheDocument();
  });

  it('says how to set up what has no source, when asked', async () => {
    renderDay2(<EntityDay2Content />);
    const tile = await screen.findByRole('region', { name: 'Sync' });
    const setUp = within(tile).getByRole('button', { name: 'Set up' });
    expect(setUp).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(setUp);
    expect(tile).toHaveTextContent('argocd: {}');
  });

  it('says which sources ail, and since when', async () => {
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () =>
          aSummary({
            sources: {
              total: 3,
              fine: 2,
              reading: [],
              problems: [
                {
                  source: 'git:x',
                  title: 'tern-helm',
                  code: 'unreachable',
                  text: 'The Git server did not answer.',
                  since: hoursAgo(1),
                },
              ],
            },
          }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: '2 of 3 sources fine' }),
    );
    expect(screen.getByText('tern-helm: not reachable')).toBeInTheDocument();
    expect(
      screen.getByText('The Git server did not answer.'),
    ).toBeInTheDocument();
  });

  it('holds nobody while the summary is late', async () => {
    renderDay2(<EntityDay2Content />, {
      answers: { getServiceSummary: () => new Promise(() => {}) },
      query: '?env=staging',
    });
    expect(
      await screen.findByText('Loading the summary of this service'),
    ).toBeInTheDocument();
    expect(await screen.findByText('2.40.3 → 2.41.0')).toBeInTheDocument();
  });

  it.each([
    [401, 'You are signed out'],
    [403, 'You may not see this'],
    [404, 'Not known to Day 2'],
    [500, 'The backend failed'],
  ])('says a %s in plain words', async (status, words) => {
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () => {
          throw httpError(status);
        },
      },
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
    // The sections are not held by it.
    expect(await screen.findByText('2.40.3 → 2.41.0')).toBeInTheDocument();
  });

  it('recovers when tried again', async () => {
    let down = true;
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () => {
          if (down) {
            throw networkError();
          }
          return aSummary();
        },
      },
    });
    await screen.findByText('The backend cannot be reached');
    down = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 of 2 sources fine')).toBeInTheDocument();
    expect(
      screen.queryByText('The backend cannot be reached'),
    ).not.toBeInTheDocument();
  });

  it('says why the timeline is empty, and not so where a filter is the reason', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      answers: {
        listServiceTimeline: () => ({ items: [], empty: nothingFound }),
      },
    });
    expect(await screen.findByText(nothingFound.text)).toBeInTheDocument();
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Types' })).getByRole('button', {
        name: 'Changes',
      }),
    );
    expect(
      await screen.findByText('Nothing matches these filters.'),
    ).toBeInTheDocument();
    expect(query().get('kinds')).toBe('change');
  });
});

describe('its address', () => {
  it('holds environment, range, section and words to look for', async () => {
    const { query, api } = renderDay2(<EntityDay2Content />);
    await screen.findByText('2 of 2 sources fine');
    await userEvent.selectOptions(
      screen.getByLabelText('Environment'),
      'staging',
    );
    await userEvent.selectOptions(screen.getByLabelText('Range'), '7d');
    await userEvent.type(await screen.findByLabelText('Find'), 'retry');
    await waitFor(() => expect(query().get('q')).toBe('retry'));
    expect(query().get('env')).toBe('staging');
    expect(query().get('range')).toBe('7d');
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({
        operation: 'listServiceTimeline',
        query: { environment: 'staging', text: 'retry' },
      }),
    );
    await userEvent.click(
      screen.getByRole('link', { name: 'All deployments and changes' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Deployments' }),
    ).toBeInTheDocument();
    expect(query().get('section')).toBe('changes');
    expect(query().get('env')).toBe('staging');
  });

  it('shows a colleague the same thing, its drawer included', async () => {
    renderDay2(<EntityDay2Content />, {
      query: '?section=changes&range=90d&open=change:chg-1',
    });
    const drawer = await screen.findByRole('dialog', {
      name: 'Retry card captures once',
    });
    expect(drawer).toHaveTextContent('The bank answers 502 at midnight.');
    expect(drawer).toHaveTextContent('Ana, Kim');
    expect(screen.getByLabelText('Range')).toHaveValue('90d');
  });

  it('takes a custom range, in order only', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      query: '?range=custom&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z',
    });
    await screen.findByText('2 of 2 sources fine');
    const to = screen.getByLabelText('To');
    await userEvent.clear(to);
    await userEvent.type(to, '2026-10-01T00:00');
    expect(screen.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await userEvent.clear(to);
    await userEvent.type(to, '2026-11-09T00:00');
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(Date.parse(query().get('to')!)).toBe(
      new Date('2026-11-09T00:00').getTime(),
    );
  });

  it('goes back with the browser', async () => {
    const { query, back } = renderDay2(<EntityDay2Content />);
    await screen.findByText('2 of 2 sources fine');
    await userEvent.selectOptions(screen.getByLabelText('Range'), '7d');
    expect(query().get('range')).toBe('7d');
    act(() => back());
    await waitFor(() => expect(query().get('range')).toBeNull());
    expect(screen.getByLabelText('Range')).toHaveValue('14d');
  });
});

describe('another range', () => {
  it('keeps what is on screen until its figures are there', async () => {
    let finish: (summary: ReturnType<typeof aSummary>) => void = () => {};
    let later = false;
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () =>
          later
            ? new Promise(resolve => (finish = resolve))
            : aSummary({ environment: 'staging' }),
      },
    });
    await screen.findByText('2 of 2 sources fine');
    later = true;
    await userEvent.selectOptions(screen.getByLabelText('Range'), '7d');
    expect(screen.getByText('2 of 2 sources fine')).toBeInTheDocument();
    expect(screen.getByLabelText('Environment')).toHaveValue('staging');
    expect(
      screen.queryByText('Loading the summary of this service'),
    ).not.toBeInTheDocument();
    act(() =>
      finish(
        aSummary({ sources: { total: 5, fine: 5, reading: [], problems: [] } }),
      ),
    );
    expect(await screen.findByText('5 of 5 sources fine')).toBeInTheDocument();
  });
});

describe('the drawer', () => {
  it('opens from the list, tells of the deployment, and gives the focus back', async () => {
    const { query } = renderDay2(<EntityDay2Content />);
    const opener = await screen.findByRole('button', {
      name: '2.40.3 → 2.41.0',
    });
    await userEvent.click(opener);
    const drawer = await screen.findByRole('dialog', {
      name: '2.40.3 → 2.41.0 in production',
    });
    expect(query().get('open')).toBe('deployment:dep-1');
    expect(drawer).toContainElement(document.activeElement as HTMLElement);
    expect(drawer).toHaveTextContent('Carried commits (2)');
    expect(drawer).toHaveTextContent('3 h 20 min');
    expect(drawer).toHaveTextContent('no runtime is read here');
    expect(
      within(drawer).getByRole('table', { name: 'Targets' }),
    ).toHaveTextContent('us-1');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(query().get('open')).toBeNull();
    await waitFor(() => expect(opener).toHaveFocus());
  });

  it('leads from a deployment to a change it carried', async () => {
    const { query } = renderDay2(<EntityDay2Content />, {
      query: '?open=deployment:dep-1',
    });
    const drawer = await screen.findByRole('dialog', { name: /in production/ });
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Retry card captures once' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Retry card captures once' }),
    ).toBeInTheDocument();
    expect(query().get('open')).toBe('change:chg-1');
  });

  it('says so where the record is gone', async () => {
    renderDay2(<EntityDay2Content />, {
      answers: {
        getDeployment: () => {
          throw httpError(404);
        },
      },
      query: '?open=deployment:gone',
    });
    expect(
      within(await screen.findByRole('dialog')).getByText('Not known to Day 2'),
    ).toBeInTheDocument();
  });
});

describe('the words', () => {
  it('switch labels and nothing else, and are kept', async () => {
    const { query } = renderDay2(<EntityDay2Content />);
    await screen.findByText('2 of 2 sources fine');
    expect(screen.getByRole('heading', { name: 'Sync' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'ITIL' }));
    expect(
      await screen.findByRole('heading', { name: 'Configuration audit' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Changes' })).toHaveTextContent(
      '14 changes',
    );
    expect(screen.getByRole('button', { name: 'ITIL' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    // Kept with the user, not in the address: a link does not force words on others.
    expect(query().get('words')).toBeNull();
  });

  it('come from a link that says so, and explain themselves', async () => {
    renderDay2(<EntityDay2Content />, { query: '?words=itil' });
    const term = await screen.findByText('Configuration audit');
    // jsdom knows no :focus-visible; that focus explains too is for the browser's tests.
    expect(term).toHaveAttribute('tabindex', '0');
    await userEvent.hover(term);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'GitOps: Sync.',
    );
  });
});
