import type { FinishBasis, Rollout } from './deployment';
import { leadTimeOf, type CommitReach } from './leadTimeOf';

const first: CommitReach = { kind: 'first' };

/** A commit at 12:00:00, deployed from 12:10:00 to 12:11:30, but for what is given. */
function lead(options: {
  committedAt?: number;
  isMerge?: boolean;
  reach?: CommitReach;
  startedAt?: number;
  finishedAt?: number;
  basis?: FinishBasis;
  rollout?: Rollout;
}) {
  const noon = Date.parse('2026-11-02T12:00:00Z');
  const { committedAt = 0, isMerge = false, reach = first } = options;
  return leadTimeOf({
    committedAt: noon + committedAt,
    isMerge,
    reach,
    deployment: {
      basis: options.basis ?? 'synced',
      rollout: options.rollout ?? 'succeeded',
      startedAt:
        'startedAt' in options && options.startedAt === undefined
          ? undefined
          : noon + (options.startedAt ?? 600_000),
      finishedAt: noon + (options.finishedAt ?? 690_000),
    },
  });
}

// Worked out by hand: 690 s in all, of which 600 s before the roll-out.
it.each<[string, Parameters<typeof lead>[0], (number | undefined)[]]>([
  ['commit to finish, in its stages', {}, [690, 600, 90]],
  ['no start known', { startedAt: undefined }, [690, undefined, undefined]],
  [
    'a start before the commit is none',
    { startedAt: -1 },
    [690, undefined, undefined],
  ],
  [
    'a start after the finish is none',
    { startedAt: 700_000 },
    [690, undefined, undefined],
  ],
  ['at once', { startedAt: 0, finishedAt: 0 }, [0, 0, 0]],
  // 0.6 + 0.6 s are 1.2 s: the stages never make more than the whole.
  ['rounded once', { startedAt: 600, finishedAt: 1_200 }, [1, 1, 0]],
  [
    'half a second counts',
    { startedAt: undefined, finishedAt: 1_500 },
    [2, undefined, undefined],
  ],
  [
    'Git alone: the desired commit is the deployment',
    { basis: 'desired', rollout: 'unknown' },
    [690, 600, 90],
  ],
])('%s', (_, options, [seconds, waiting, deploying]) => {
  const found = lead(options);
  expect(found.seconds).toBe(seconds);
  expect(found.waitingSeconds).toBe(waiting);
  expect(found.deployingSeconds).toBe(deploying);
  expect(['rollout-succeeded', 'desired-is-deployed']).toContain(
    found.reason.code,
  );
});

it.each<[string, Parameters<typeof lead>[0], string, RegExp]>([
  ['a merge', { isMerge: true }, 'merge', /no work of its own/],
  [
    'a roll-out that failed',
    { rollout: 'failed' },
    'rollout-failed',
    /counts with the first that succeeds/,
  ],
  [
    'a cancelled one',
    { rollout: 'cancelled' },
    'rollout-cancelled',
    /cancelled/,
  ],
  [
    'one whose end was not said',
    { rollout: 'unknown' },
    'rollout-unknown',
    /not said/,
  ],
  [
    'brought again',
    { reach: { kind: 'again', version: '1.2.0' } },
    'reached-before',
    /with 1\.2\.0/,
  ],
  [
    'there before the record began',
    { reach: { kind: 'again' } },
    'reached-before',
    /not known/,
  ],
  [
    'history known in part',
    { reach: { kind: 'unknown', reason: 'Known in part' } },
    'reach-unknown',
    /^Known in part$/,
  ],
  [
    'nothing known before',
    { reach: { kind: 'unknown' } },
    'reach-unknown',
    /before is not known/,
  ],
  [
    'deployed before it was made',
    { committedAt: 690_001 },
    'negative',
    /clock/,
  ],
])('is not measured, and says why: %s', (_, options, code, text) => {
  expect(lead(options)).toEqual({
    reason: { code, text: expect.stringMatching(text) },
  });
});
