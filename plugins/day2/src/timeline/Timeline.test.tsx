import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEntry } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { Timeline } from './Timeline';

const serviceRef = 'component:default/payments-api';
const hour = 3_600_000;
const ago = (hours: number) =>
  new Date(Date.now() - hours * hour).toISOString();
const entries = () => [
  anEntry({ id: 'e1', recordId: 'dep-1', at: ago(5), title: 'newest' }),
  anEntry({
    id: 'e2',
    recordId: 'chg-1',
    kind: 'change',
    at: ago(100),
    title: 'a change',
    status: 'neutral',
  }),
  anEntry({
    id: 'e3',
    recordId: 'dep-3',
    at: ago(200),
    title: 'oldest',
    status: 'failed',
  }),
];
const answers = {
  listServiceTimeline: () => ({ items: entries(), asOf: ago(0) }),
};
const chart = () =>
  screen.findByRole('group', {
    name: 'Timeline. The table below holds the same entries.',
  });

describe('the timeline', () => {
  it('has every mark of the chart in its table', async () => {
    renderDay2(<Timeline serviceRef={serviceRef} />, { answers });
    const marks = [
      await screen.findByRole('button', { name: /^Deployment: newest/ }),
      screen.getByRole('button', { name: /^Change: a change/ }),
      screen.getByRole('button', { name: /^Failed: oldest/ }),
    ];
    expect(marks).toHaveLength(3);
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringContaining('newest'),
      expect.stringContaining('a change'),
      expect.stringContaining('oldest'),
    ]);
    expect(rows[2]).toHaveTextContent('Failed');
  });

  it('is one stop for Tab, walked by arrows, opened by Enter', async () => {
    const { query } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers,
    });
    const newest = await screen.findByRole('button', {
      name: /^Deployment: newest/,
    });
    const oldest = screen.getByRole('button', { name: /^Failed: oldest/ });
    const change = screen.getByRole('button', { name: /^Change: a change/ });
    expect(
      [newest, change, oldest].filter(mark => mark.tabIndex === 0),
    ).toEqual([newest]);
    act(() => newest.focus());
    await userEvent.keyboard('{ArrowLeft}');
    expect(oldest).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(change).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(query().get('open')).toBe('change:chg-1');
  });

  it('takes a range by keyboard, says it, and drops it on Escape', async () => {
    const { query } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers,
    });
    const oldest = await screen.findByRole('button', {
      name: /^Failed: oldest/,
    });
    act(() => oldest.focus());
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(await screen.findByText(/^Chosen: /)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByText(/^Chosen: /)).not.toBeInTheDocument();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Enter}');
    await waitFor(() => expect(query().get('range')).toBe('custom'));
    const span =
      Date.parse(query().get('to')!) - Date.parse(query().get('from')!);
    // Two steps of a fortieth of 14 days.
    expect(span / hour).toBeCloseTo((14 * 24 * 2) / 40, 1);
  });

  it('takes a range by dragging, and none by a click', async () => {
    const { query } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers,
    });
    const svg = await chart();
    // Left of the axis are 110 pixels, right of it 24, of 800.
    fireEvent.pointerDown(svg, { clientX: 300, button: 0 });
    fireEvent.pointerMove(svg, { clientX: 302 });
    fireEvent.pointerUp(svg);
    expect(query().get('range')).toBeNull();
    fireEvent.pointerDown(svg, { clientX: 110, button: 0 });
    fireEvent.pointerMove(svg, { clientX: 110 + 333 });
    fireEvent.pointerUp(svg);
    await waitFor(() => expect(query().get('range')).toBe('custom'));
    const span =
      Date.parse(query().get('to')!) - Date.parse(query().get('from')!);
    expect(span / hour).toBeCloseTo(7 * 24, 0);
  });

  it('goes nearer to a crowd before it opens one of it', async () => {
    const { query } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers: {
        listServiceTimeline: () => ({
          items: [
            anEntry({ id: 'a', recordId: 'a', at: ago(50) }),
            anEntry({ id: 'b', recordId: 'b', at: ago(51), status: 'failed' }),
          ],
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: /^2 entries \(Failed, Deployment\)/,
      }),
    );
    expect(query().get('range')).toBe('custom');
    expect(query().get('open')).toBeNull();
  });

  it('reads page after page for the chart, up to a bound it tells of', async () => {
    const { api } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers: {
        listServiceTimeline: ({ query }) => {
          const start = Number(query?.cursor ?? 0);
          return {
            items: Array.from({ length: 200 }, (_, index) =>
              anEntry({
                id: `e${start + index}`,
                at: ago((start + index) / 10),
              }),
            ),
            nextCursor: String(start + 200),
          };
        },
      },
    });
    expect(
      await screen.findByText('1000 entries, and more'),
    ).toBeInTheDocument();
    expect(screen.getByText(/The grey part is not drawn/)).toBeInTheDocument();
    expect(
      api.calls.filter(({ operation }) => operation === 'listServiceTimeline'),
    ).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(
      await screen.findByText('1200 entries, and more'),
    ).toBeInTheDocument();
  });

  it('keeps the keyboard where it was when another range is drawn', async () => {
    const far = anEntry({ id: 'far', recordId: 'far', at: ago(300) });
    const pair = [
      anEntry({ id: 'a', recordId: 'a', at: ago(50), title: 'one of two' }),
      anEntry({ id: 'b', recordId: 'b', at: ago(51) }),
    ];
    const { query } = renderDay2(<Timeline serviceRef={serviceRef} />, {
      answers: {
        listServiceTimeline: ({ query: asked }) => ({
          items: asked?.from! < far.at ? [...pair, far] : pair,
        }),
      },
    });
    const crowd = await screen.findByRole('button', { name: /^2 entries/ });
    act(() => crowd.focus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(query().get('range')).toBe('custom'));
    expect(
      await screen.findByRole('button', { name: /^Deployment: one of two/ }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(document.activeElement).toHaveAccessibleName(/^Deployment: /),
    );
  });
});
