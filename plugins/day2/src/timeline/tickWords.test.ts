import { tickWords } from './tickWords';

describe('tickWords', () => {
  it.each<[string, Date]>([
    ['21:05:30', new Date(2026, 10, 21, 21, 5, 30)],
    // Never 09:05, nor 10 PM.
    ['21:05', new Date(2026, 10, 21, 21, 5)],
    ['22:00', new Date(2026, 10, 21, 22)],
    ['Fri 20', new Date(2026, 10, 20)],
    ['22 Nov', new Date(2026, 10, 22)],
    ['November', new Date(2026, 10, 1)],
    ['2027', new Date(2027, 0, 1)],
  ])('%s', (words, at) => {
    expect(tickWords(at)).toBe(words);
  });
});
