import type { KeptDelivery } from './keptDelivery';
import { utcDayOf } from './range';

/**
 * The UTC days whose cell is no longer right once the deliveries of a sequence
 * have changed, by their stored shape: days since 1970, sorted. A failure that
 * ends makes the day dirty on which the failed deployment finished.
 *
 * @public
 */
export function dirtyDaysOf(options: {
  before: Iterable<KeptDelivery>;
  after: Iterable<KeptDelivery>;
}): number[] {
  const days = new Set<number>();
  const old = new Map(
    [...options.before].map(each => [each.id, each] as const),
  );
  for (const each of options.after) {
    const known = old.get(each.id);
    old.delete(each.id);
    if (!known || JSON.stringify(known) !== JSON.stringify(each)) {
      days.add(utcDayOf(each.finishedAt));
      if (known) {
        days.add(utcDayOf(known.finishedAt));
      }
    }
  }
  for (const gone of old.values()) {
    days.add(utcDayOf(gone.finishedAt));
  }
  return [...days].sort((a, b) => a - b);
}
