import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError, type Answers } from '../__testUtils__/fakeApi';
import {
  anObjective,
  anObjectiveChart,
} from '../__testUtils__/objectiveRecords';
import { anEntry, hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { ObjectivesSection } from './ObjectivesSection';

const service = 'component:default/payments-api';

function answer(...items: ReturnType<typeof anObjective>[]): Answers {
  return {
    listServiceObjectives: () => ({ items, asOf: hoursAgo(0.02) }),
  };
}

describe('the budget chart', () => {
  const entries: Answers = {
    listServiceTimeline: () => ({
      items: [
        anEntry({
          id: 'e-inc',
          kind: 'incident',
          recordId: 'inc-1',
          at: hoursAgo(2.8),
          until: hoursAgo(2),
          title: 'Captures fail',
          status: 'ok',
        }),
        anEntry({ at: hoursAgo(3), title: '2.40.3 → 2.41.0' }),
        anEntry({
          id: 'e-dep-0',
          recordId: 'dep-0',
          at: hoursAgo(20),
          title: '2.40.2 → 2.40.3',
        }),
      ],
    }),
  };

  it('has the same as a table, and what spent it', async () => {
    const { query } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: { ...answer(anObjective()), ...entries },
    });
    await screen.findByRole('group', {
      name: /^Budget of Card captures succeed over time/,
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'The same as a table' }),
    );
    const table = screen.getByRole('table', {
      name: 'Budget of Card captures succeed by time',
    });
    const [, newest] = within(table).getAllByRole('row');
    expect(newest).toHaveTextContent(/450,00032 %$/);
    expect(within(table).getAllByRole('row')).toHaveLength(24);

    const spent = screen.getByRole('table', { name: 'What spent it' });
    const rows = within(spent).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(/2.41.0 in production.*50 %$/);
    expect(rows[2]).toHaveTextContent(/Not attributed to a deployment18 %$/);
    expect(rows[3]).toHaveTextContent(/Used in all68 %$/);
    await userEvent.click(
      within(spent).getByRole('button', { name: '2.41.0 in production' }),
    );
    expect(query().get('open')).toBe('deployment:dep-1');
  });

  it.each([
    ['with what is drawn', {}],
    ['with nothing to draw', { points: [] }],
  ])('says from when on slots are kept, %s', async (_, more) => {
    const chart = anObjectiveChart({ ...more, keptFrom: hoursAgo(30) });
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        ...entries,
        getObjective: () => ({ objective: anObjective(), chart }),
      },
    });
    expect(await screen.findByText(/Kept from:/)).toHaveTextContent(
      /Kept from: \S/,
    );
  });

  it('says whose deployment of another service it was, and what one may not see', async () => {
    const [share] = anObjectiveChart().shares;
    const chart = anObjectiveChart({
      shares: [{ ...share, serviceRef: 'component:default/ledger' }],
      hidden: 0.12,
      notAttributed: 0.06,
    });
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        ...entries,
        getObjective: () => ({ objective: anObjective(), chart }),
      },
    });
    const spent = await screen.findByRole('table', { name: 'What spent it' });
    const rows = within(spent).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(/ledger 2.41.0 in production.*50 %$/);
    expect(rows[2]).toHaveTextContent(/Changes that you may not see12 %$/);
    expect(rows[3]).toHaveTextContent(/Not attributed to a deployment6 %$/);
  });

  it('is one stop for the keyboard: arrows between deployments and incidents, Enter opens', async () => {
    const { query } = renderDay2(
      <ObjectivesSection serviceRef={service} environment="production" />,
      { answers: { ...answer(anObjective()), ...entries } },
    );
    const newest = await screen.findByRole('button', {
      name: /^Deployment: 2.40.3 → 2.41.0/,
    });
    const older = screen.getByRole('button', {
      name: /^Deployment: 2.40.2 → 2.40.3/,
    });
    expect(newest).toHaveAttribute('tabindex', '0');
    expect(older).toHaveAttribute('tabindex', '-1');
    act(() => newest.focus());
    await userEvent.keyboard('{ArrowLeft}');
    expect(older).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    const incident = screen.getByRole('button', {
      name: /^Resolved incident: Captures fail, .* to /,
    });
    expect(incident).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(query().get('open')).toBe('incident:inc-1');
    expect(
      screen.getByText('Deployments and incidents in production.'),
    ).toBeInTheDocument();
  });

  it('goes nearer by Shift and arrows, and back to the whole period', async () => {
    const { api, query } = renderDay2(
      <ObjectivesSection serviceRef={service} />,
      { answers: { ...answer(anObjective()), ...entries } },
    );
    const newest = await screen.findByRole('button', {
      name: /^Deployment: 2.40.3 → 2.41.0/,
    });
    act(() => newest.focus());
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}{Enter}');
    const asked = () =>
      api.calls.filter(({ operation }) => operation === 'getObjective').at(-1)
        ?.query;
    await waitFor(() => expect(asked()).toMatchObject({ to: hoursAgo(3) }));
    expect(query().get('budget')).toBe(
      `${asked()?.from}/${hoursAgo(3)}/${anObjective().id}`,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Whole period' }),
    );
    await waitFor(() => expect(asked()?.to).toBeUndefined());
    expect(query().has('budget')).toBe(false);
  });

  it.each([
    ['2026-11-01T00:00:00.000Z/2026-11-02T00:00:00.000Z', true],
    ['2026-11-02T00:00:00.000Z/2026-11-01T00:00:00.000Z', false],
    ['yesterday/today', false],
  ])('shows the time that the address asks for: %s', async (range, isRead) => {
    const [from, to] = range.split('/');
    const { api } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective(), anObjective({ id: 'other' })),
        ...entries,
      },
      query: `?budget=${range}/${anObjective().id}`,
    });
    const asked = (id: string) =>
      api.calls.find(
        ({ operation, params }) =>
          operation === 'getObjective' && params?.id === id,
      )?.query;
    await waitFor(() => expect(asked('other')).toBeDefined());
    expect(asked(anObjective().id)).toMatchObject(
      isRead ? { from, to } : { from: undefined, to: undefined },
    );
    expect(asked('other')?.from).toBeUndefined();
  });

  it('says where nothing was measured, and stays where deployments fail', async () => {
    const { unmount } = renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        getObjective: () => ({
          objective: anObjective(),
          chart: anObjectiveChart({ points: [] }),
        }),
      },
    });
    expect(
      await screen.findByText('Nothing was measured in this time.'),
    ).toBeInTheDocument();
    unmount();
    renderDay2(<ObjectivesSection serviceRef={service} />, {
      answers: {
        ...answer(anObjective()),
        listServiceTimeline: () => {
          throw httpError(500);
        },
      },
    });
    await screen.findByRole('group', { name: /^Budget of/ });
    expect(
      await screen.findByText(
        /Deployments and incidents could not be loaded\./,
      ),
    ).toBeInTheDocument();
  });
});
