import type { HeardApplication } from '../gitops/noteRejected';
import type { Prepared } from './prepareObservation';

/** What became of what a batch says of applications. */
export function heardOf(
  items: { prepared: Prepared; item: unknown }[],
): HeardApplication[] {
  return items.flatMap(({ prepared, item }) => {
    if (prepared.kind === 'record' && prepared.record.kind === 'application') {
      return [{ key: prepared.record.key }];
    }
    const isApplication =
      (item as { kind?: unknown } | null)?.kind === 'application';
    return prepared.kind === 'rejected' && prepared.key && isApplication
      ? [{ key: prepared.key, reason: prepared.reason }]
      : [];
  });
}
