import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import type { AlertFacts } from '../mapping/toIncident';
import type { AlertmanagerCursor, Known } from './cursor';
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
    const version = versionOf({ known, facts, updatedAt, cursor });
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
        o: facts,
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
  facts: AlertFacts;
  updatedAt: number;
  cursor: AlertmanagerCursor;
}): number | undefined {
  const { known, facts, updatedAt, cursor } = options;
  if (!known) {
    return updatedAt;
  }
  if (JSON.stringify(known.o) !== JSON.stringify(facts)) {
    return Math.max(updatedAt, known.v + 1);
  }
  // It had run out before it was sent again: a webhook may have said its end.
  if (known.e !== undefined && updatedAt > known.e) {
    return Math.max(updatedAt, known.v);
  }
  return known.n === cursor.reading ? undefined : known.v;
}
