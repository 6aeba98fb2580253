import type { Rollout } from '../deployments';
import { randomOf } from './__testUtils__/random';
import { HOUR, sequenceFrom } from './__testUtils__/story';
import { deliveriesOf } from './deliveriesOf';
import type { DeliveryInput } from './delivery';
import { influencedBy } from './influencedBy';

const random = randomOf(7);
const oneOf = <T>(items: readonly T[]): T =>
  items[Math.floor(random() * items.length)];

function story(): string {
  let hour = 0;
  return Array.from({ length: 14 }, (_, i) => {
    hour += 1 + Math.floor(random() * 30);
    const version = random() < 0.3 ? `V${Math.floor(random() * i)}` : `V${i}`;
    return [
      version,
      oneOf(['-', '-', 'eu', 'us']),
      hour,
      oneOf(['', '', '', '', '!', 'x', '?']),
      oneOf(['', '', '', '+hotfix', '+revert', `+fix:V${i >> 1}`]),
      `c${i}@${hour - 1}`,
      random() < 0.3 ? `r${i}@${hour}<c${Math.floor(random() * i)}` : '',
    ].join(' ');
  }).join('\n');
}

/** One of its own facts is another; what it follows and restores stays. */
function altered(deployment: DeliveryInput): DeliveryInput {
  switch (Math.floor(random() * 5)) {
    case 0:
      return { ...deployment, finishedAt: deployment.finishedAt + 7 * HOUR };
    case 1:
      return {
        ...deployment,
        rollout: oneOf<Rollout>(['succeeded', 'failed', 'unknown']),
      };
    case 2:
      return {
        ...deployment,
        unplannedReasons: oneOf([
          [],
          [{ code: 'hotfix', text: 'It is marked' }],
        ]),
      };
    case 3:
      return { ...deployment, mends: oneOf([undefined, ['V0'], ['V1', 'V2']]) };
    default:
      return {
        ...deployment,
        commits: { ...deployment.commits, list: [] },
      };
  }
}

describe('influencedBy', () => {
  it.each<[string, string, number, number[]]>([
    ['the one replaced', 'V1 - 0\nV2 - 48\nV3 - 96', 2, [1, 2]],
    ['those rolled back', 'V1 - 0\nV2 - 48\nV3 - 96\nV1 - 97', 3, [1, 2, 3]],
    [
      'those a revert names, and those that revert it',
      'V1 - 0\nV2 - 48 a@47\nV3 - 96\nV4 - 200 r@199<a',
      3,
      [1, 2, 3],
    ],
    [
      'one whose commit is reverted: the one that does',
      'V1 - 0\nV2 - 48 a@47\nV3 - 96\nV4 - 200 r@199<a',
      1,
      [0, 1, 3],
    ],
    [
      'through fixes of fixes',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix\nV4 - 51 +hotfix\nV5 - 99',
      3,
      [1, 2, 3],
    ],
    ['nobody, of the first one', 'V1 - 0\nV2 - 48', 0, [0]],
  ])('reaches %s', (_, text, at, expected) => {
    expect(influencedBy({ sequence: sequenceFrom(text), at })).toEqual(
      expected,
    );
  });

  it('nothing else changes with a deployment', () => {
    let reached = 0;
    let changed = 0;
    for (let turn = 0; turn < 600; turn += 1) {
      const sequence = sequenceFrom(story());
      const at = Math.floor(random() * sequence.length);
      const other = sequence.with(at, altered(sequence[at]));
      const [before, after] = [sequence, other].map(each =>
        deliveriesOf({ sequence: each }),
      );
      const influenced = new Set(
        [sequence, other].flatMap(each => influencedBy({ sequence: each, at })),
      );
      const differ = before.flatMap((each, place) =>
        JSON.stringify(each) === JSON.stringify(after[place]) ? [] : [place],
      );
      expect(differ.filter(place => !influenced.has(place))).toEqual([]);
      changed += differ.filter(place => place !== at).length;
      reached += influenced.size / sequence.length;
    }
    // The property is worth something: others do change, and few are reached.
    expect(changed).toBeGreaterThan(100);
    expect(reached / 600).toBeLessThan(0.5);
  });
});
