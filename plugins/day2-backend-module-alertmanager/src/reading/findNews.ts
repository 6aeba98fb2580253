import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { hashOfFacts, type AlertmanagerCursor, type Known } from './cursor';
import type { Listed } from './readList';

/** An alert to be said, and what is remembered once it is. */
export interface News {
  observation: IncidentObservation;
  known: Known;
}

/**
 * What of the list is not yet said: alerts that are new, that read otherwise,
 * or that had ended meanwhile and go on.
 */
export function findNews(options: {
  cursor: AlertmanagerCursor;
  listed: Iterable<Listed>;
}): News[] {
  const { cursor } = options;
  const news: News[] = [];
  for (const { facts, updatedAt, endsAt } of options.listed) {
    const known = Object.hasOwn(cursor.open, facts.key)
      ? cursor.open[facts.key]
      : undefined;
    const hash = hashOfFacts(facts);
    const version = versionOf({ known, hash, updatedAt, cursor });
    if (version === undefined) {
      continue;
    }
    news.push({
      observation: { ...facts, version },
      known: {
        v: version,
        n: cursor.reading,
        e: endsAt,
        u: updatedAt,
        h: hash,
      },
    });
  }
  return news;
}

/**
 * When it was sent last, above what was said before where it reads otherwise: a
 * silence does not change when an alert was sent.
 *
 * @returns undefined where it is said already
 */
function versionOf(options: {
  known: Known | undefined;
  hash: string;
  updatedAt: number;
  cursor: AlertmanagerCursor;
}): number | undefined {
  const { known, hash, updatedAt, cursor } = options;
  if (!known) {
    return updatedAt;
  }
  if (known.h !== hash) {
    return Math.max(updatedAt, known.v + 1);
  }
  // It had run out before it was sent again: a webhook may have said its end.
  if (known.e !== undefined && updatedAt > known.e) {
    return Math.max(updatedAt, known.v);
  }
  return known.n === cursor.reading ? undefined : known.v;
}
