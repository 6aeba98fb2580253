import { readIncidents } from './configIncidents';

function read(value: unknown) {
  const wrong: string[] = [];
  const settings = readIncidents(value, key => wrong.push(key));
  return { settings, wrong };
}

const row = { high: 1, medium: 1, low: 2 };
const matrix = { high: row, medium: row, low: row };

describe('readIncidents', () => {
  it('takes what is built in where nothing is said', () => {
    expect(read(undefined)).toEqual({ settings: {}, wrong: [] });
    expect(read({ priority: {} })).toEqual({ settings: {}, wrong: [] });
  });

  it('reads a matrix, words in any case, and impacts by tier', () => {
    const meaning = { impact: 'high', urgency: 'high' };
    expect(
      read({
        priority: {
          matrix,
          meanings: { pagerduty: { priority: { 'P1 - Critical': meaning } } },
          impactByTier: { 1: 'high', 3: 'low' },
        },
      }),
    ).toEqual({
      settings: {
        matrix,
        meanings: { pagerduty: { priority: { 'p1 - critical': meaning } } },
        impactByTier: { 1: 'high', 3: 'low' },
      },
      wrong: [],
    });
  });

  it.each([
    [7, ['day2.incidents']],
    [{ priorities: {} }, ['day2.incidents.priorities']],
    [{ priority: [] }, ['day2.incidents.priority']],
    [{ priority: { matrices: {} } }, ['day2.incidents.priority.matrices']],
    [
      { priority: { matrix: { ...matrix, low: { ...row, low: 6 } } } },
      ['day2.incidents.priority.matrix.low.low'],
    ],
    [{ priority: { matrix: {} } }, ['day2.incidents.priority.matrix.high']],
    [
      { priority: { meanings: { '*': { severity: { x: { impact: 1 } } } } } },
      ['day2.incidents.priority.meanings.*.severity.x.impact'],
    ],
    [
      { priority: { impactByTier: { 9: 'high' } } },
      ['day2.incidents.priority.impactByTier'],
    ],
  ])('says what is wrong in %j, and leaves it out', (value, wrong) => {
    expect(read(value)).toEqual({ settings: {}, wrong });
  });
});
