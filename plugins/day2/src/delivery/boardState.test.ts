import { boardPresets, resolveBoardRange } from './boardRange';
import { readBoardState, readerZone, readRole } from './boardState';
import { figureId, readFigure } from './figureRef';

const now = Date.parse('2026-03-31T10:00:00Z');

describe('the range of a scoreboard', () => {
  it.each([
    ['7d', 'UTC', '2026-03-24T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    ['30d', 'UTC', '2026-03-01T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    [
      'last-month',
      'UTC',
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ],
    // The first of March begins in Berlin at 23:00 UTC of the day before.
    [
      'last-month',
      'Europe/Berlin',
      '2026-01-31T23:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
    ],
  ] as const)('%s in %s', (preset, zone, from, to) => {
    expect(resolveBoardRange({ choice: { preset }, now, zone })).toEqual({
      from,
      to,
    });
  });
});

describe('the address of a scoreboard', () => {
  it('falls back to teams, 30 days, then, the reader’s zone', () => {
    const state = readBoardState(
      new URLSearchParams('by=person&range=1y&members=x&zone=Mars/Base'),
    );
    expect(state).toEqual({
      grouping: 'team',
      range: { preset: '30d' },
      zone: readerZone(),
      environment: undefined,
      membership: 'then',
      compare: true,
      expanded: undefined,
    });
  });

  it.each(boardPresets)('takes the range %s', preset => {
    const query = new URLSearchParams({ range: preset });
    expect(readBoardState(query).range).toEqual({ preset });
  });

  it.each(['all', 'numerator', 'left-out'])('takes the role %s', role => {
    expect(readRole(new URLSearchParams({ role }))).toBe(role);
  });

  it('takes no role that there is not', () => {
    expect(readRole(new URLSearchParams('role=hero'))).toBeUndefined();
  });
});

describe('the figure that an address opens', () => {
  it.each([
    { metric: 'changeFailRate', grouping: 'team', ref: 'group:default/pay' },
    { metric: 'changeLeadTime', grouping: 'organisation', ref: undefined },
  ] as const)('is read as it was written: %j', figure => {
    const open = `figure:${figureId(figure)}`;
    expect(readFigure(new URLSearchParams({ open }))).toEqual(figure);
  });

  it.each([
    'deployment:1',
    'figure:happiness:team:group:default/pay',
    'figure:changeFailRate:person:user:default/ana',
    'figure:changeFailRate:team',
    'figure:changeFailRate:organisation:group:default/pay',
  ])('is none in %s', open => {
    expect(readFigure(new URLSearchParams({ open }))).toBeUndefined();
  });
});
