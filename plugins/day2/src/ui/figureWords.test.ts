import { figureWords } from './figureWords';

describe('figureWords', () => {
  it.each([
    [{ value: 14, unit: 'changes', n: 14 }, { value: '14 changes' }],
    [
      { value: 12_000, unit: 'seconds', n: 8 },
      { value: '3 h 20 min', from: '8' },
    ],
    [
      { value: 0.1234, unit: 'ratio', n: 81 },
      { value: '12.3 %', from: '81' },
    ],
    [
      { value: 2.04, unit: 'deployments a day', n: 28, coverage: 0.5 },
      { value: '2 deployments a day', from: '28', coverage: '50 %' },
    ],
    [
      { value: 3_655.4, unit: 'bad events', n: 5_665_261, coverage: 0.99999 },
      { value: '3,655 bad events', from: '5,665,261', coverage: '99.9 %' },
    ],
    [
      { value: 3, unit: 'x', n: 3, coverage: 1 },
      { value: '3 x', coverage: undefined },
    ],
  ])('%j', (figure, words) => {
    expect(figureWords(figure)).toMatchObject(words);
  });

  it('makes no number of nothing', () => {
    expect(figureWords({ unit: 'deployments', n: 2 })).toEqual({});
  });
});
