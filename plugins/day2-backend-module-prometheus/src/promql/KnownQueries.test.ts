import { KnownQueries } from './KnownQueries';

it('tells a query once, and what is wrong with it too', () => {
  const told: string[] = [];
  const queries = KnownQueries.create({
    tell: query => {
      told.push(query);
      return query === 'a' ? { query: 'b', units: [] } : { problem: 'is odd' };
    },
  });
  for (const query of ['a', 'odd', 'a', 'odd']) {
    queries.asCounts(query);
  }
  expect(queries.asCounts('odd')).toEqual({ problem: 'is odd' });
  expect(told).toEqual(['a', 'odd']);
});

it('remembers so many, those asked for last', () => {
  const told: string[] = [];
  const queries = KnownQueries.create({
    tell: query => {
      told.push(query);
      return { query, units: [] };
    },
  });
  for (let at = 0; at < 500; at += 1) {
    queries.asCounts(`q${at}`);
  }
  queries.asCounts('q0');
  queries.asCounts('one more');
  queries.asCounts('q0');
  expect(told).toHaveLength(501);
  queries.asCounts('q1');
  expect(told).toHaveLength(502);
});
