import { HOUR, read } from '../__testUtils__/sequenceText';
import { deriveSequence } from './deriveSequence';
import type { SequenceObservation } from './sequenceObservation';

/** `V1 eu 0; V2 us 48 !`, with what the observations at some places say besides. */
function derive(
  text: string,
  more: Record<number, Partial<SequenceObservation>> = {},
) {
  const observations = read(text.replace(/; /g, '\n')).map((each, at) => ({
    ...each,
    ...more[at],
  }));
  const derived = deriveSequence({ observations });
  expect(deriveSequence({ observations: [...observations].reverse() })).toEqual(
    derived,
  );
  return derived;
}

/** Version, roll-out, outcome, hours from the first finish to the last, targets: `+` late, `!` failed. */
function tell(text: string): string[] {
  return derive(text).map(each =>
    [
      each.version,
      each.rollout,
      each.outcome,
      `${each.firstFinishedAt / HOUR}..${each.finishedAt / HOUR}`,
      ...each.targets.map(
        ({ name, finishedAt, rollout, late }) =>
          `${name}@${finishedAt / HOUR}${late ? '+' : ''}${
            rollout === 'failed' ? '!' : ''
          }`,
      ),
    ].join(' '),
  );
}

it.each([
  [
    'a new cluster is late after a day',
    'V2 eu 48; V2 us 72; V2 ap 96.1',
    ['V2 succeeded ok 48..72 eu@48 us@72 ap@96.1+'],
  ],
  [
    'another one after a week: each ring has that long',
    'V1 eu 0; V1 us 0; V1 ap 0; V2 eu 48; V2 us 216; V2 ap 384',
    [
      'V1 succeeded ok 0..0 ap@0 eu@0 us@0',
      'V2 succeeded ok 48..384 eu@48 us@216 ap@384',
    ],
  ],
  [
    'a late one gives the next no more time',
    'V1 eu 0; V1 us 0; V1 ap 0; V2 eu 48; V2 us 217; V2 ap 300',
    [
      'V1 succeeded ok 0..0 ap@0 eu@0 us@0',
      'V2 succeeded ok 48..48 eu@48 us@217+ ap@300+',
    ],
  ],
  [
    'where it fails, the deployment did not',
    'V2 eu 48; V2 us 1440 !',
    ['V2 succeeded ok 48..48 eu@48 us@1440+!'],
  ],
  [
    'tried again there it is no deployment',
    'V2 eu 48; V2 us 1440 !; V2 us 1441 !; V2 us 1442',
    ['V2 succeeded ok 48..48 eu@48 us@1442+'],
  ],
  [
    'tried in vain in time, it is one',
    'V2 eu 48; V2 us 49 !; V2 us 51',
    ['V2 failed failed 48..48 eu@48 us@49!', 'V2 succeeded ok 51..51 us@51'],
  ],
  [
    'what never went live is not joined',
    'V1 eu 0; V2 eu 48 !; V2 us 1440; V2 eu 1441',
    [
      'V1 succeeded ok 0..0 eu@0',
      'V2 failed failed 48..48 eu@48!',
      'V2 succeeded ok 1440..1441 us@1440 eu@1441',
    ],
  ],
  [
    'an old version on a new cluster is no rollback',
    'V1 eu 0; V2 eu 48; V3 eu 96; V2 us 1440',
    [
      'V1 succeeded ok 0..0 eu@0',
      'V2 succeeded ok 48..48 eu@48 us@1440+',
      'V3 succeeded ok 96..96 eu@96',
    ],
  ],
  [
    'a target that had the next and comes back is',
    'V1 eu 0; V2 eu 48; V2 us 1440; V3 us 1500; V3 eu 1501; V2 us 1502',
    [
      'V1 succeeded ok 0..0 eu@0',
      'V2 succeeded ok 48..48 eu@48 us@1440+',
      'V3 succeeded failed 1500..1501 us@1500 eu@1501',
      'V2 succeeded ok 1502..1502 us@1502',
    ],
  ],
])('%s', (_, text, expected) => {
  expect(tell(text)).toEqual(expected);
});

it('runs on a late target, whose failed attempt is told', () => {
  const [deployment] = derive('V2 eu 48; V2 us 1440 !; V2 us 1441');
  expect(deployment.running).toEqual([
    { target: 'eu', since: 48 * HOUR },
    { target: 'us', since: 1441 * HOUR },
  ]);
  expect(deployment.failedSyncs).toMatchObject([
    { key: 'k01', at: 1440 * HOUR, target: 'us' },
  ]);
  expect(deployment.sources).toHaveLength(3);
});

it('what is said of a late target is said of no other', () => {
  const [, deployment] = derive('V1 eu 0; V2 eu 48; V2 us 1440', {
    2: { marks: ['hotfix'], mends: 'V1', basis: 'healthy' },
  });
  expect(deployment).toMatchObject({
    unplanned: false,
    unplannedReasons: [],
    basis: 'synced',
    stages: [{ name: 'synced', at: 48 * HOUR }],
  });
  expect(deployment).not.toHaveProperty('mends');
});

it('a late word of health makes nothing late or timely', () => {
  const healthy = (at: number) => ({
    key: `k0${at}:healthy`,
    basis: 'healthy' as const,
  });
  const [deployment] = derive(
    'V2 eu 48; V2 eu 70; V2 us 73; V2 us 200; V2 ap 80',
    { 1: healthy(0), 3: healthy(2) },
  );
  expect(deployment).toMatchObject({
    finishedAt: 70 * HOUR,
    targets: [
      { name: 'eu', finishedAt: 70 * HOUR },
      { name: 'ap', finishedAt: 80 * HOUR, late: true },
      { name: 'us', finishedAt: 200 * HOUR, late: true },
    ],
  });
});
