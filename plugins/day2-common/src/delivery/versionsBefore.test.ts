import { sequenceFrom } from './__testUtils__/story';
import type { DeliveryInput } from './delivery';
import { deliveriesOf } from './deliveriesOf';
import { versionsBefore } from './versionsBefore';

/** Numbers below 1, the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** As `versionsBefore`, one step after the other. */
function walk(sequence: DeliveryInput[], at: number, version: string) {
  let place = sequence[at].previous;
  while (place !== undefined && sequence[place].version !== version) {
    place = sequence[place].previous;
  }
  return place;
}

describe('versionsBefore', () => {
  it.each([1, 2, 3, 4])('finds what walking back finds, %d', seed => {
    const random = randomFrom(seed);
    const pick = (words: string[]) =>
      words[Math.floor(random() * words.length)];
    const sequence = sequenceFrom(
      Array.from({ length: 120 }, (_, n) =>
        [
          `V${Math.floor(random() * 6)}${pick(['', '/api', '/worker'])}`,
          pick(['-', 'eu', 'us']),
          Math.floor(n * 30 * random()),
          pick(['', '', '!', 'x', '?', '~?']),
        ]
          .join(' ')
          .trim(),
      ).join('\n'),
    );
    const find = versionsBefore(sequence);
    let found = 0;
    for (const at of sequence.keys()) {
      for (const version of ['V0', 'V1', 'V2', 'V3', 'V4', 'V5', 'V9']) {
        const place = find(at, version);
        expect([at, version, place]).toEqual([
          at,
          version,
          walk(sequence, at, version),
        ]);
        found += place === undefined ? 0 : 1;
      }
    }
    expect(found).toBeGreaterThan(30);
  });

  it('looks at each deployment a few times, however many are asked about', () => {
    const count = 5_000;
    let reads = 0;
    const sequence = Array.from(
      { length: count },
      (_, n) =>
        ({
          version: `V${n}`,
          get previous() {
            reads += 1;
            return n === 0 ? undefined : n - 1;
          },
        } as unknown as DeliveryInput),
    );
    const find = versionsBefore(sequence);
    for (const at of sequence.keys()) {
      expect(find(at, 'V0')).toBe(at === 0 ? undefined : 0);
      expect(find(at, 'none')).toBeUndefined();
    }
    expect(reads).toBeLessThan(10 * count);
  });
});

describe('of a version that thousands name', () => {
  it('the first 20 are said, and how many more', () => {
    const fixes = Array.from(
      { length: 1_000 },
      (_, n) => `V${n + 1} - ${(n + 1) * 30} +fix:V0`,
    );
    const [first] = deliveriesOf({
      sequence: sequenceFrom(['V0 - 0', ...fixes].join('\n')),
    });
    expect(first.recovery).toMatchObject({ how: 'fix', seconds: 30 * 3600 });
    const { failed } = first.reasons;
    expect(failed).toHaveLength(21);
    expect(failed[19].text).toMatch(/^Who posted V20 says/);
    expect(failed[20].text).toBe('980 more deployments say so');
  });
});
