import { replacedAfter } from './replacedAfter';
import type { SequenceTarget } from './sequenceObservation';

/** `eu 48; us 60!`: the targets, `!` where it failed, `+` where it came late. */
function reached(text: string) {
  const targets = text.split('; ').map((each): SequenceTarget => {
    const [name, at] = each.split(' ');
    return {
      name,
      finishedAt: parseFloat(at),
      rollout: at.endsWith('!') ? 'failed' : 'succeeded',
      ...(at.endsWith('+') ? { late: true } : {}),
    };
  });
  const finishes = targets
    .filter(({ rollout, late }) => rollout === 'succeeded' && !late)
    .map(({ finishedAt }) => finishedAt);
  return {
    targets: targets.filter(({ name }) => name !== '-'),
    finishedAt: Math.max(...finishes),
    firstFinishedAt: Math.min(...finishes),
  };
}

it.each([
  ['the only one', 'eu 48', 'eu 51', 3],
  ['no names', '- 48', '- 51', 3],
  [
    'the shortest of those that both reached',
    'eu 48; us 119',
    'eu 120; us 121',
    2,
  ],
  [
    'not what the one reached after the other was out',
    'eu 48; us 168',
    'eu 120',
    72,
  ],
  ['none in common: from its last before', 'eu 48; us 56; ap 70', 'sa 60', 4],
  ['none in common, and none before', 'eu 61; us 62', 'sa 60', 0],
  ['healthy after it was replaced', 'eu 52', 'eu 51', 0],
  ['not where the one came late', 'eu 48; us 1440+', 'eu 1441; us 1442', 1393],
  ['not where the other came late', 'eu 48; us 70', 'eu 90; us 91+', 42],
  ['not where the one failed', 'eu 48; us 90!', 'eu 100; us 91', 52],
  ['not where the other failed', 'eu 48; us 90', 'eu 100; us 91!', 52],
])('%s', (_, one, other, time) => {
  expect(replacedAfter(reached(one), reached(other))).toBe(time);
});
