import { TreeCursor } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { asCounts } from './asCounts';
import { SelectorWalk } from './SelectorWalk';

it.each([
  ['sum(a)', 'sum(increase(a[5m]))'],
  ['a', 'increase(a[5m])'],
  [
    'sum(http_requests_total{code=~"5..",path="}["})',
    'sum(increase(http_requests_total{code=~"5..",path="}["}[5m]))',
  ],
  ['sum by (x) ({__name__="a"})', 'sum by (x) (increase({__name__="a"}[5m]))'],
  ['sum(rate(a[5m]))', 'sum(rate(a[5m]))'],
  ['sum(increase(a[4m60s] offset 1h))', 'sum(increase(a[4m60s] offset 1h))'],
  ['sum(increase(a[300]))', 'sum(increase(a[300]))'],
  ['sum(a offset 1h)', 'sum(increase(a[5m] offset 1h))'],
  ['sum(a @ end() offset 1h)', 'sum(increase(a[5m] @ end() offset 1h))'],
  ['sum(a) - sum(b)', 'sum(increase(a[5m])) - sum(increase(b[5m]))'],
  ['sum(a) or vector(0)', 'sum(increase(a[5m])) or vector(0)'],
  [
    'sum(a) + sum(increase(b[5m]))',
    'sum(increase(a[5m])) + sum(increase(b[5m]))',
  ],
  ['max_over_time(a[1h:5m])', 'max_over_time(a[1h:5m])'],
  [
    'sum_over_time(increase(a[1m])[5m:1m])',
    'sum_over_time(increase(a[1m])[5m:1m])',
  ],
  ['sum(\n  a # all of them\n)', 'sum(\n  increase(a[5m]) # all of them\n)'],
  ['100 * sum(a)', '100 * sum(increase(a[5m]))'],
])('%j counts as %j', (query, counts) => {
  expect(asCounts(query)).toMatchObject({ query: counts });
});

it.each([
  ['sum(a', 'is no PromQL at character 6: it ends too early'],
  ['sum(a}', 'is no PromQL at character 6: "}"'],
  ['http requests', 'is no PromQL at character 6: "requests"'],
  ['', 'is no PromQL at character 1'],
])('%j is told apart', (query, problem) => {
  expect(asCounts(query)).toEqual({
    problem: expect.stringContaining(problem),
  });
});

it.each([
  'sum(a > 0)',
  'sum(a and on (pod) up == 1)',
  'sum(a unless b)',
  'sum(a * on (pod) group_left (team) info)',
  'sum(b) + sum(1 > (2 + a))',
])('%s is not guessed at', query => {
  expect(asCounts(query)).toEqual({
    problem: expect.stringContaining('compares or joins series'),
  });
});

it('lets them say themselves what is counted', () => {
  const query =
    'sum(increase(a[5m]) * on (pod) group_left (team) max_over_time(info[5m]))';
  expect(asCounts(query)).toMatchObject({ query });
});

it.each([
  ['sum(rate(a[1m]))', 'counts over 1m, not over 5m, at character 10'],
  ['sum(increase(a[1h]))', 'counts over 1h, not over 5m'],
  ['sum_over_time(a[1h:5m])', 'counts over 1h, not over 5m'],
  ['sum(increase(a[5m])) + sum(irate(b[90s]))', 'counts over 90s'],
])('%s counts another time than a slot', (query, problem) => {
  expect(asCounts(query)).toEqual({
    problem: expect.stringContaining(problem),
  });
});

it.each([
  ['more than 200 places', Array(201).fill('a').join('+')],
  ['more than 5000 characters', `sum(a{b="${'c'.repeat(5_000)}"})`],
  ['more than 100 brackets', `${'sum('.repeat(101)}a${')'.repeat(101)}`],
])('refuses what has %s', (words, query) => {
  expect(asCounts(query)).toEqual({
    problem: expect.stringContaining(words),
  });
});

it.each([
  Array(200).fill('a').join('+'),
  `${'-('.repeat(100)}a${' > 1)'.repeat(100)}`,
  `rate(a[5m])${' + b offset 1h'.repeat(150)}`,
])('looks at each node once, however deep it stands', query => {
  const looked = jest.spyOn(SelectorWalk.prototype, 'enter');
  // A node of its own is made to walk up from it.
  const made = jest.spyOn(TreeCursor.prototype, 'node', 'get');
  try {
    let nodes = 0;
    parser.parse(query).iterate({
      enter: () => {
        nodes += 1;
      },
    });
    asCounts(query);
    expect(looked).toHaveBeenCalledTimes(nodes);
    expect(made).not.toHaveBeenCalled();
  } finally {
    looked.mockRestore();
    made.mockRestore();
  }
});

it('says where what it cannot count begins', () => {
  expect(asCounts('sum(b) + sum(c > 1)')).toEqual({
    problem: expect.stringContaining('at character 14;'),
  });
});
