import type { SuspectCandidate } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { errorsAround } from '../objectives/errorsAround';
import { candidateOnsets } from './candidateOnsets';
import type { JudgedIncident } from './judgedIncident';

/** The nearest in time: of the others errors say little. */
const MAX_MEASURED = 50;

/**
 * Candidates with how errors of their services went before and after them, and
 * since when they rose, where an objective measures it: until the incident was
 * over.
 */
export async function withErrors(
  transaction: Knex,
  options: {
    judged: Pick<
      JudgedIncident,
      'suspected' | 'incident' | 'hops' | 'hopsFrom'
    >;
    candidates: readonly SuspectCandidate[];
    /** Epoch milliseconds. */
    now: number;
  },
): Promise<SuspectCandidate[]> {
  const { suspected, incident, hops, hopsFrom } = options.judged;
  const { detectedAt, mitigatedAt, resolvedAt } = incident.instants;
  const until = mitigatedAt.at ?? resolvedAt.at ?? options.now;
  const endOf = (each: SuspectCandidate) => each.finishedAt ?? each.startedAt;
  const measured = options.candidates
    .filter(
      each => hops.has(each.serviceId) && each.startedAt <= suspected.startedAt,
    )
    .sort((a, b) => endOf(b) - endOf(a) || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_MEASURED);
  const errors = await errorsAround({
    database: transaction,
    places: measured.map(each => {
      const { serviceId, startedAt } = each;
      // Errors that were noticed while it was being rolled out may be its own.
      return endOf(each) > suspected.startedAt
        ? { serviceId, at: suspected.startedAt, since: startedAt }
        : { serviceId, at: endOf(each) };
    }),
    until,
  });
  const onsets = await candidateOnsets(transaction, {
    candidates: measured,
    hopsFrom,
    noticedAt: Math.max(suspected.startedAt, detectedAt.at ?? 0),
    until,
  });
  const found = new Map(measured.map((each, at) => [each.id, errors[at]]));
  return options.candidates.map(each => {
    const [known, onset] = [found.get(each.id), onsets.get(each.id)];
    return {
      ...each,
      ...(known ? { errors: known } : {}),
      ...(onset ? { onset } : {}),
    };
  });
}
