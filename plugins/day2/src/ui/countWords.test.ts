import { countWords } from './countWords';

describe('countWords', () => {
  it.each([
    [1, 'emergency changes', '1 emergency change'],
    [0, 'failed deployments', '0 failed deployments'],
    [1_044, 'change', '1,044 changes'],
    [39, 'tag', '39 tags'],
    [1, 'tag', '1 tag'],
    [34, 'application', '34 applications'],
    [132_876, 'slot', '132,876 slots'],
    [4, 'other file type', '4 other file types'],
    [15, 'objective', '15 objectives'],
    [3_655.4, 'bad events', '3,655 bad events'],
    [0.5, 'bad events', '0.5 bad events'],
    // What it does not know, it leaves.
    [2, 'not YAML', '2 not YAML'],
    [1, 'deployments a day', '1 deployments a day'],
    [1, 'x', '1 x'],
  ])('%d %s: %s', (count, unit, expected) => {
    expect(countWords(count, unit)).toBe(expected);
  });
});
