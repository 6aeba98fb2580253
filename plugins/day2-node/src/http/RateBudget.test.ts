import { RateBudget } from './RateBudget';

const { signal } = new AbortController();

it('lets a burst pass and then so many a second', async () => {
  const budget = RateBudget.create({ perSecond: 100, burst: 2 });
  const began = performance.now();
  await Promise.all([1, 2, 3, 4, 5, 6].map(() => budget.take(signal)));
  // Four over the burst, ten milliseconds each.
  expect(performance.now() - began).toBeGreaterThanOrEqual(35);
});

it('fills up again, to the burst and no further', async () => {
  let now = 0;
  const budget = RateBudget.create({ perSecond: 1, burst: 2, now: () => now });
  await budget.take(signal);
  await budget.take(signal);
  now = 3_600_000;
  await budget.take(signal);
  await budget.take(signal);
  const abort = new AbortController();
  const third = budget.take(abort.signal);
  abort.abort(new Error('over'));
  await expect(third).rejects.toThrow('over');
});
