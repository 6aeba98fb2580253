import type {
  Source,
  SourceBatch,
  SourceContext,
  WantedMeasurement,
} from '@day2/backstage-plugin-day2-node';

type Range = WantedMeasurement['missing'][number];
/** Of each objective what was measured. */
type Known = Record<string, Range[]>;

/**
 * The source as a hub runs it that wants these measured and asks for nothing
 * twice: what it has is kept in the cursor, as a hub commits both together.
 */
export function askedFor(
  source: Source,
  wanted: () => WantedMeasurement[],
): Source {
  return {
    id: source.id,
    type: source.type,
    title: source.title,
    url: source.url,
    detail: source.detail,
    kinds: source.kinds,
    everySeconds: source.everySeconds,
    measures: source.measures,
    pull: context => pull(source, wanted, context),
  };
}

async function* pull(
  source: Source,
  wanted: () => WantedMeasurement[],
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const { known, cursor } = (context.cursor ?? {}) as {
    known?: Known;
    cursor?: SourceContext['cursor'];
  };
  const kept: Known = context.reread ? {} : { ...known };
  const missing = wanted().map(each => ({
    ...each,
    missing: each.missing.flatMap(range => without(range, kept[each.id] ?? [])),
  }));
  const batches = source.pull({
    ...context,
    cursor,
    objectives: async () => missing.filter(each => each.missing.length > 0),
  });
  for await (const batch of batches) {
    for (const observation of batch.observations) {
      if (observation.kind === 'measurement') {
        const { objective, from, to } = observation;
        kept[objective] = [...(kept[objective] ?? []), { from, to }];
      }
    }
    yield { ...batch, cursor: { known: kept, cursor: batch.cursor } as any };
  }
}

/** What is left of a range. */
function without(range: Range, known: Range[]): Range[] {
  return known.reduce(
    (rest, { from, to }) =>
      rest.flatMap(each =>
        [
          { from: each.from, to: Math.min(each.to, from) },
          { from: Math.max(each.from, to), to: each.to },
        ].filter(part => part.from < part.to),
      ),
    [range],
  );
}
