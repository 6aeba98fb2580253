import type { Reason } from '../deployments/deployment';
import { Clusters } from './Clusters';
import type { GroupingDecision, IncidentObservation } from './incident';
import { lastWordFirst, referenceIdOf } from './incidentReference';
import { mayBeOne } from './mayBeOne';

/** References of one incident, and the words on them that could not be followed. */
export interface ReferenceGroup {
  references: IncidentObservation[];
  contradictions: Reason[];
}

interface Pair {
  a: number;
  b: number;
}

/**
 * Which references are of one incident: people's decisions, the last word first;
 * then those that `overlap`, the closest starts first, unless a decision or
 * another environment keeps them apart.
 *
 * @remarks Every step has one order, which the references and decisions
 * themselves give: what came first does not matter.
 *
 * @param options - `references`: sorted, each once; `graceMs`: how long after
 * the end of one the next may open; `withinMs`: how far apart they may start
 */
export function groupReferences(options: {
  references: readonly IncidentObservation[];
  decisions: readonly GroupingDecision[];
  graceMs: number;
  withinMs: number;
}): ReferenceGroup[] {
  const { references } = options;
  const places = new Map(
    references.map((each, at) => [referenceIdOf(each), at]),
  );
  const clusters = Clusters.create(
    references.map(({ environment }) => environment),
  );
  const overruled: { at: number; reason: Reason }[] = [];
  for (const decision of [...options.decisions].sort(lastWordFirst)) {
    for (const { a, b } of pairsOf(decision, places)) {
      const followed =
        decision.kind === 'together'
          ? clusters.join(a, b)
          : clusters.keepApart(a, b);
      if (!followed) {
        const reason = overruledReason(decision, references[a], references[b]);
        overruled.push({ at: a, reason }, { at: b, reason });
      }
    }
  }
  for (const { a, b } of overlapping(options)) {
    if (clusters.alike(a, b)) {
      clusters.join(a, b);
    }
  }
  return clusters.all().map(members => ({
    references: members.map(at => references[at]),
    contradictions: [
      ...new Map(
        overruled
          .filter(({ at }) => members.includes(at))
          .map(({ reason }) => [reason.text, reason]),
      ).values(),
    ],
  }));
}

/** Pairs of one service whose times meet, the closest starts first. */
function overlapping(options: {
  references: readonly IncidentObservation[];
  graceMs: number;
  withinMs: number;
}): Pair[] {
  const { references, graceMs, withinMs } = options;
  const pairs: (Pair & { gap: number })[] = [];
  references.forEach((first, a) => {
    for (let b = a + 1; b < references.length; b += 1) {
      const gap = references[b].detectedAt - first.detectedAt;
      if (gap > withinMs) {
        break;
      }
      if (mayBeOne({ first, second: references[b], graceMs, withinMs })) {
        pairs.push({ a, b, gap });
      }
    }
  });
  return pairs.sort((x, y) => x.gap - y.gap || x.a - y.a || x.b - y.b);
}

function pairsOf(
  decision: GroupingDecision,
  places: Map<string, number>,
): Pair[] {
  const placesOf = (side: GroupingDecision['left']) =>
    side
      .flatMap(each => places.get(referenceIdOf(each)) ?? [])
      .sort((a, b) => a - b);
  const right = placesOf(decision.right);
  return placesOf(decision.left).flatMap(a =>
    right.filter(b => b !== a).map(b => ({ a, b })),
  );
}

function overruledReason(
  { kind, by }: GroupingDecision,
  a: IncidentObservation,
  b: IncidentObservation,
): Reason {
  const names = [a, b].map(({ source, key }) => `${source} ${key}`).sort();
  return {
    code: `${kind}-overruled`,
    text: `${by} put ${names.join(' and ')} ${
      kind === 'together' ? 'together' : 'apart'
    }, which later decisions do not allow`,
  };
}
