import { budgetPercent } from './budgetWords';

it.each([
  [0.3184, 31.8],
  [0.9999, 99.9],
  [1, 100],
  [0.29, 29],
  [0, 0],
  [-0.0004, -0.1],
])('of %d is left %d %%', (share, percent) => {
  expect(budgetPercent(share)).toBe(percent);
});
