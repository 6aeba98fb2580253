import { countQueries } from './countQueries';

const queriesOf = (events: string, total: string, counter = true) =>
  countQueries({
    counts: 'good',
    counter,
    events: { query: events },
    total: { query: total },
  });

it.each([
  ['sum(a)', 'sum(b)', 'sum(increase(a[5m]))', 'sum(increase(b[5m]))'],
  ['rate(a[5m])', 'rate(b[{{.window}}])', 'rate(a[5m])', 'rate(b[5m])'],
  ['increase(a[5m])', 'b', 'increase(a[5m])', 'increase(b[5m])'],
])('%s of %s is asked as %s of %s', (events, total, some, all) => {
  expect(queriesOf(events, total)).toMatchObject({
    events: some,
    total: all,
  });
});

it.each([
  ['sum(rate(ok[5m]))', 'sum(all)'],
  ['sum(ok)', 'sum(irate(all[5m]))'],
  ['sum(increase(ok[5m]))', 'sum(rate(all[5m]))'],
  ['sum(ok) + sum(rate(fine[5m]))', 'sum(all)'],
])('%s of %s is no share: units differ', (events, total) => {
  expect(queriesOf(events, total)).toEqual({
    problem: expect.stringMatching(
      /queries of good and total count in two units.*write increase/,
    ),
  });
});

it('says which of them is wrong', () => {
  expect(queriesOf('a', 'sum(rate(b[1m]))')).toEqual({
    problem: expect.stringMatching(/^the query of total counts over 1m/),
  });
});

it('leaves what is no counter as it is', () => {
  expect(queriesOf('rate(a[1m])', 'b', false)).toEqual({
    events: 'rate(a[1m])',
    total: 'b',
  });
});
