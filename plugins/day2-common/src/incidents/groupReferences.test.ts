import type { GroupingDecision, IncidentObservation } from './incident';
import { compareReferences, referenceIdOf } from './incidentReference';
import { groupReferences } from './groupReferences';
import { mayBeOne } from './mayBeOne';
import { randomOf } from '../delivery/__testUtils__/random';

const MINUTE = 60_000;
const rules = { graceMs: 5 * MINUTE, withinMs: 60 * MINUTE };

const reference = (
  key: number,
  more: Partial<IncidentObservation>,
): IncidentObservation => ({
  source: 'alertmanager:main',
  key: String(key).padStart(5, '0'),
  tool: 'alertmanager',
  kind: 'alert',
  services: ['cart'],
  title: 'Errors',
  words: [],
  detectedAt: 0,
  ...more,
});
const groupsOf = (
  references: IncidentObservation[],
  decisions: GroupingDecision[] = [],
) =>
  groupReferences({ references, decisions, ...rules }).map(group =>
    group.references.map(({ key }) => key),
  );

/** As it is defined: every pair in its order, on sets of sets. */
function byDefinition(
  references: IncidentObservation[],
  apart: [number, number][],
): string[][] {
  let clusters = references.map((_, at) => new Set([at]));
  const of = (at: number) => clusters.find(each => each.has(at))!;
  const labels = (cluster: Set<number>) =>
    new Set([...cluster].flatMap(at => references[at].environment ?? []));
  const within = (a: Set<string>, b: Set<string>) =>
    [...a].every(each => b.has(each));
  const pairs = references.flatMap((first, a) =>
    references.flatMap((second, b) =>
      a < b && mayBeOne({ first, second, ...rules })
        ? [{ a, b, gap: second.detectedAt - first.detectedAt }]
        : [],
    ),
  );
  pairs.sort((x, y) => x.gap - y.gap || x.a - y.a || x.b - y.b);
  for (const { a, b } of pairs) {
    const [left, right] = [of(a), of(b)];
    const [mine, other] = [labels(left), labels(right)];
    const areApart = apart.some(
      ([x, y]) =>
        (left.has(x) && right.has(y)) || (left.has(y) && right.has(x)),
    );
    if (
      left !== right &&
      !areApart &&
      (within(mine, other) || within(other, mine))
    ) {
      clusters = clusters.filter(each => each !== left && each !== right);
      clusters.push(new Set([...left, ...right]));
    }
  }
  return clusters
    .map(each => [...each].sort((a, b) => a - b))
    .sort(([a], [b]) => a - b)
    .map(each => each.map(at => references[at].key));
}

it('groups as every pair in its order would', () => {
  const random = randomOf(7);
  const pick = <T>(all: T[]) => all[Math.floor(random() * all.length)];
  for (let round = 0; round < 300; round += 1) {
    const references = Array.from({ length: 2 + Math.floor(random() * 14) })
      .map((_, key) => {
        const detectedAt = Math.floor(random() * 180) * MINUTE;
        const lasts = Math.floor(random() * 40) * MINUTE;
        return reference(key, {
          detectedAt,
          services: pick([['cart'], ['shop'], ['cart', 'shop']]),
          environment: pick([undefined, 'production', 'staging']),
          resolvedAt: random() < 0.3 ? undefined : detectedAt + lasts,
        });
      })
      .sort(compareReferences);
    const apart: [number, number][] = [];
    const decisions: GroupingDecision[] = [];
    if (random() < 0.5) {
      const [a, b] = [0, 1 + Math.floor(random() * (references.length - 1))];
      apart.push([a, b]);
      decisions.push({
        kind: 'apart',
        left: [references[a]],
        right: [references[b]],
        by: 'ana',
        at: 0,
      } as GroupingDecision);
    }
    expect(groupsOf(references, decisions)).toEqual(
      byDefinition(references, apart),
    );
  }
});

it('makes one incident of a storm without looking at millions of pairs', () => {
  const storm = Array.from({ length: 10_000 }, (_, key) =>
    reference(key, { detectedAt: key * 100 }),
  );
  const first = storm[0];
  let read = 0;
  Object.defineProperty(first, 'services', {
    get: () => {
      read += 1;
      return ['cart'];
    },
  });
  expect(groupsOf(storm)).toEqual([storm.map(({ key }) => key)]);
  expect(read).toBeLessThan(10);
});

it('makes two of a storm in two environments, and of one that is split by hand', () => {
  const storm = Array.from({ length: 2_000 }, (_, key) =>
    reference(key, {
      detectedAt: key * 100,
      environment: key % 2 === 0 ? 'production' : 'staging',
    }),
  );
  expect(groupsOf(storm).map(({ length }) => length)).toEqual([1_000, 1_000]);
  const one = storm.map(each => ({ ...each, environment: undefined }));
  const split: GroupingDecision = {
    kind: 'apart',
    left: [one[5]],
    right: one.filter((_, at) => at !== 5),
    by: 'ana',
    at: 0,
  } as GroupingDecision;
  expect(groupsOf(one, [split]).map(({ length }) => length)).toEqual([
    1_999, 1,
  ]);
  expect(referenceIdOf(one[5])).toContain('00005');
});
