import type { Reason } from '../deployments/deployment';
import { Clusters } from './Clusters';
import type { GroupingDecision, IncidentObservation } from './incident';
import { lastWordFirst, referenceIdOf } from './incidentReference';
import { mayBeOne } from './mayBeOne';
import { PairQueue } from './PairQueue';

/** References of one incident, and the words on them that could not be followed. */
export interface ReferenceGroup {
  references: IncidentObservation[];
  contradictions: Reason[];
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
  joinOverlapping({ ...options, clusters });
  return clusters.all().map(members => {
    const mine = new Set(members);
    return {
      references: members.map(at => references[at]),
      contradictions: [
        ...new Map(
          overruled
            .filter(({ at }) => mine.has(at))
            .map(({ reason }) => [reason.text, reason]),
        ).values(),
      ],
    };
  });
}

/**
 * Joins what is of one service and whose times meet, the closest starts first.
 * Of each reference only its next pair waits, and those that are settled by
 * then are never made: a storm of thousands on one service has millions.
 */
function joinOverlapping(options: {
  references: readonly IncidentObservation[];
  clusters: Clusters;
  graceMs: number;
  withinMs: number;
}): void {
  const { references, clusters, graceMs, withinMs } = options;
  const queue = PairQueue.create();
  const enqueueNext = (a: number, after: number) => {
    const first = references[a];
    for (let b = after + 1; b < references.length; b += 1) {
      const gap = references[b].detectedAt - first.detectedAt;
      if (gap > withinMs) {
        return;
      }
      if (
        !clusters.areSettled(a, b) &&
        mayBeOne({ first, second: references[b], graceMs, withinMs })
      ) {
        queue.push({ a, b, gap });
        return;
      }
    }
  };
  references.forEach((_, a) => enqueueNext(a, a));
  for (let pair = queue.pop(); pair; pair = queue.pop()) {
    if (clusters.alike(pair.a, pair.b)) {
      clusters.join(pair.a, pair.b);
    }
    enqueueNext(pair.a, pair.b);
  }
}

function pairsOf(
  decision: GroupingDecision,
  places: Map<string, number>,
): { a: number; b: number }[] {
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
