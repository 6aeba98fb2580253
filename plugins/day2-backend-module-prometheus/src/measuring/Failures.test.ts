import type { JsonObject } from '@backstage/types';
import { Failures } from './Failures';

const wanted = Array.from({ length: 1_010 }, (_, n) => `no-${n}`);

function run(why: string, now: number, cursor?: JsonObject) {
  const failures = Failures.open({ cursor, wanted });
  const late = wanted.filter(id => failures.isLate(id));
  wanted.forEach(id => failures.failed(id, { why, now }));
  return { late, told: failures.finish(), cursor: failures.cursor() };
}

it('remembers what failed where very many do, and of some why, as of now', () => {
  const first = run('no', 7);
  expect(first.late).toEqual([]);
  expect(first.told?.unseen).toHaveLength(1_000);
  expect(first.told?.unseen?.[199]).toEqual({
    key: 'no-199',
    since: 7,
    reason: 'no',
  });
  expect(first.told?.unseen?.[200]).toEqual({
    key: 'no-200',
    since: 7,
    reason: 'it cannot be measured; its item in the quarantine says why',
  });
  // Without a reason: it quotes a query, maybe of what its reader may not see.
  expect(first.told?.notices).toEqual([
    expect.stringMatching(
      /^1000 objectives cannot be measured; the quarantine/,
    ),
  ]);

  // The same once more is no news, but it comes after the others.
  const again = run('no', 8, first.cursor);
  expect(again.late).toHaveLength(1_000);
  expect(again.told).toBeUndefined();

  const other = run('never', 9, again.cursor);
  const unseen = other.told?.unseen ?? [];
  expect(unseen.filter(({ reason }) => reason === 'never')).toHaveLength(200);
  expect(unseen.every(({ since }) => since === 7)).toBe(true);
});

it('has a place for another reason as one of them passes', () => {
  const failures = Failures.open({ cursor: run('no', 7).cursor, wanted });
  failures.passed('no-0');
  failures.failed('no-200', { why: 'late', now: 8 });
  const unseen = failures.finish()?.unseen ?? [];
  expect(unseen).toHaveLength(999);
  expect(unseen.find(({ key }) => key === 'no-200')).toEqual({
    key: 'no-200',
    since: 7,
    reason: 'late',
  });
});
