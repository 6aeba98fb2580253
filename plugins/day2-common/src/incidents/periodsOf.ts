import type { IncidentObservation, Reopening } from './incident';

/** A time in which a tool held a reference for open, in epoch milliseconds. */
export interface OpenPeriod {
  from: number;
  /** `Infinity` while it is open. */
  to: number;
  reference: IncidentObservation;
}

/** When each reference was open, by start; those of one reference do not meet. */
export function periodsOf(
  references: readonly IncidentObservation[],
): OpenPeriod[] {
  return references
    .flatMap(reference => {
      const gaps = [...(reference.gaps ?? [])].sort(
        (a, b) => a.reopenedAt - b.reopenedAt,
      );
      const starts = [
        reference.detectedAt,
        ...gaps.map(({ reopenedAt }) => reopenedAt),
      ];
      const ends = [
        ...gaps.map(({ resolvedAt }) => resolvedAt),
        reference.resolvedAt ?? Infinity,
      ];
      return starts.map((from, at) => ({ from, to: ends[at], reference }));
    })
    .sort((a, b) => a.from - b.from);
}

/** The times in which all was over and then something opened again. */
export function reopeningsOf(periods: readonly OpenPeriod[]): Reopening[] {
  const found: Reopening[] = [];
  let over: number | undefined;
  for (const { from, to, reference } of periods) {
    if (over !== undefined && from > over) {
      const { source, key } = reference;
      found.push({
        resolvedAt: over,
        reopenedAt: from,
        reference: { source, key },
      });
    }
    over = Math.max(over ?? to, to);
  }
  return found;
}
