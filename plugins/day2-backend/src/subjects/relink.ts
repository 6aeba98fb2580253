import type { SubjectMatch } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, deterministicId } from '../database';
import { dirtyMarks, type SequenceKey } from '../derive/DirtyMarks';
import { markSubjectsIncidentsDirty } from '../incidents/dirtyIncidents';
import { markApplicationsDirty } from '../gitops/dirtyApplications';

interface LinkColumns {
  id: string;
  subject_id: string;
  service_id: string;
  via: string;
  reason: string;
  paths: string | null;
  valid_to: number | null;
}

/** A subject that waits to be matched, and what it matches now. */
export interface DueSubject {
  id: string;
  kind: string;
  repository: string | null;
  due: number;
  traitsHash: string;
  note: string | null;
  matches: SubjectMatch[];
  newNote: string | null;
}

function placeOf(
  link: Pick<LinkColumns, 'subject_id' | 'service_id' | 'via'>,
): string {
  return `${link.subject_id} ${link.service_id} ${link.via}`;
}

/**
 * Opens and ends links as subjects match now; those by a person stay.
 *
 * @returns the services that subjects gained, lost or have in another way
 */
export async function relink(options: {
  transaction: Knex.Transaction;
  subjects: DueSubject[];
  now: number;
}): Promise<Map<string, Set<string>>> {
  const { transaction, subjects, now } = options;
  const ids = subjects.map(({ id }) => id);
  const all: LinkColumns[] = await transaction('link')
    .whereIn('subject_id', ids)
    .whereNot('via', 'person')
    .select(
      'id',
      'subject_id',
      'service_id',
      'via',
      'reason',
      'paths',
      'valid_to',
    );
  const before = new Map(
    all
      .filter(link => link.valid_to === null)
      .map(link => [placeOf(link), link]),
  );
  const changed = new Map<string, Set<string>>();
  const note = ({ subject_id, service_id }: LinkColumns) =>
    changed.set(
      subject_id,
      (changed.get(subject_id) ?? new Set()).add(service_id),
    );
  const opened: (LinkColumns & { valid_from: number })[] = [];
  for (const subject of subjects) {
    for (const match of subject.matches) {
      const link = {
        subject_id: subject.id,
        service_id: match.serviceId,
        via: match.rule,
        reason: match.reason,
        paths: match.paths ? JSON.stringify(match.paths) : null,
        valid_from: now,
        valid_to: null,
      };
      const place = placeOf(link);
      const known = before.get(place);
      if (known && known.paths === link.paths) {
        before.delete(place);
        if (known.reason !== link.reason) {
          await transaction('link')
            .where({ id: known.id })
            .update({ reason: link.reason });
          note(known);
        }
        continue;
      }
      // Of one place there is a row for each time that it held.
      const times = all.filter(each => placeOf(each) === place).length;
      const id = deterministicId('link', place, String(times));
      opened.push({ id, ...link });
    }
  }
  const ended = [...before.values()];
  for (const chunk of chunksOf(ended.map(({ id }) => id).sort())) {
    await transaction('link').whereIn('id', chunk).update({ valid_to: now });
  }
  for (const chunk of chunksOf(opened)) {
    await transaction('link').insert(chunk);
  }
  [...ended, ...opened].forEach(note);
  return changed;
}

/** Marks what is derived of subjects whose links changed. */
export async function markRelinked(options: {
  transaction: Knex.Transaction;
  subjects: DueSubject[];
  /** Services by subject, as `relink` answers. */
  changed: Map<string, Set<string>>;
  now: number;
}): Promise<void> {
  const { transaction, subjects, changed, now } = options;
  const dirty: SequenceKey[] = [];
  const ids = [...changed.keys()].sort();
  if (ids.length === 0) {
    return;
  }
  const observed = await transaction('observation')
    .whereIn('subject_id', ids)
    .where('kind', 'deployment')
    .distinct('subject_id', 'environment');
  for (const { subject_id, environment } of observed) {
    for (const serviceId of changed.get(subject_id) ?? []) {
      dirty.push({ serviceId, environment });
    }
  }
  // Another repository may resolve what every deployment of the service ran.
  const services = new Set(
    subjects
      .filter(({ kind }) => kind === 'repository')
      .flatMap(({ id }) => [...(changed.get(id) ?? [])]),
  );
  for (const chunk of chunksOf([...services].sort())) {
    await transaction('dirty_sequence')
      .whereIn('service_id', chunk)
      .update({ generation: transaction.raw('?? + 1', ['generation']) });
    const known = await transaction('deployment')
      .whereIn('service_id', chunk)
      .distinct('service_id', 'environment');
    for (const { service_id, environment } of known) {
      dirty.push({ serviceId: service_id, environment });
    }
  }
  await dirtyMarks.sequences(transaction, dirty, now);
  const applications = await transaction('observation')
    .whereIn('subject_id', ids)
    .where('kind', 'application')
    .distinct('subject_id');
  await markApplicationsDirty(
    transaction,
    applications.map(row => row.subject_id),
    now,
  );
  await markSubjectsIncidentsDirty(transaction, ids, now);
  await transaction('subject').whereIn('id', ids).update({ retie_after: '' });
}
