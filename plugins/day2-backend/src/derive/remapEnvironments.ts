import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  Breather,
  chunksOf,
  hashOf,
  inTransaction,
  readState,
  writeState,
} from '../database';
import { environmentOf } from '../ingest/ObservationStore';
import { markReferencesDirty } from '../incidents/dirtyIncidents';
import { markConcerned } from '../ingest/markConcerned';
import { parsePayload, type ChangePayload } from '../ingest/payloads';
import { subjectIdOf } from '../subjects/SubjectStore';
import { dirtyMarks } from './DirtyMarks';

const STATE = 'environment-rules';
const CHANGES_PER_CHUNK = 200;
const OBSERVATIONS_PER_CHUNK = 500;

/**
 * Gives observations the names of their environments anew where the
 * configuration changed since they were taken in, and marks what they concern.
 * A crash between repeats it: the rules are noted at the end.
 */
export async function remapEnvironments(options: {
  database: Knex;
  environments: EnvironmentRule[];
  now: () => number;
}): Promise<void> {
  const { database, environments, now } = options;
  // Tiers and targets are joined when read; only names and patterns matter.
  const rules = hashOf(
    environments.map(({ name, match }) => ({ name, match })),
  );
  if ((await readState(database, STATE)) === rules) {
    return;
  }
  const words = await database('observation')
    .whereNotNull('environment_word')
    .distinct('environment_word', 'environment');
  const breather = Breather.create();
  for (const { environment_word: word, environment } of words) {
    const name = environmentOf(word, environments) as string;
    let more = name !== environment;
    while (more) {
      await breather.breathe();
      more = await inTransaction(database, async transaction => {
        const rows = await transaction('observation')
          .where({ environment_word: word, environment })
          .orderBy('seq')
          .limit(OBSERVATIONS_PER_CHUNK)
          .select('seq', 'source', 'key', 'subject_id', 'kind');
        for (const chunk of chunksOf(rows.map(row => row.seq))) {
          await transaction('observation')
            .whereIn('seq', chunk)
            .update({ environment: name });
        }
        await markConcerned({
          transaction,
          places: rows.flatMap(row => [
            { ...row, environment },
            { ...row, environment: name },
          ]),
          now: now(),
        });
        await markReferencesDirty(
          transaction,
          rows.filter(({ kind }) => kind === 'incident'),
          now(),
        );
        return rows.length === OBSERVATIONS_PER_CHUNK;
      });
    }
  }
  await remapChanges(options);
  await writeState(database, STATE, rules);
}

async function remapChanges(options: {
  database: Knex;
  environments: EnvironmentRule[];
  now: () => number;
}): Promise<void> {
  const { database, environments, now } = options;
  let after = '';
  for (;;) {
    const rows: Record<string, any>[] = await database('observation')
      .where('record_id', '>', after)
      .orderBy('record_id')
      .limit(CHANGES_PER_CHUNK)
      .select('record_id', 'source', 'payload');
    if (rows.length === 0) {
      return;
    }
    after = rows[rows.length - 1].record_id;
    const ids = rows.map(row => row.record_id);
    await inTransaction(database, async transaction => {
      const touched = new Map<string, Record<string, string>>();
      for (const { record_id, source, payload } of rows) {
        for (const touch of parsePayload<ChangePayload>(payload).touches) {
          const row = {
            change_id: record_id,
            subject_id: subjectIdOf(source, touch.subject.key),
            environment: environmentOf(touch.environment, environments) ?? '',
          };
          touched.set(Object.values(row).join(' '), row);
        }
      }
      for (const chunk of chunksOf(ids)) {
        await transaction('change_subject')
          .whereIn('change_id', chunk)
          .delete();
      }
      for (const chunk of chunksOf([...touched.values()])) {
        // Another replica may do the same at this moment.
        await transaction('change_subject')
          .insert(chunk)
          .onConflict(['change_id', 'subject_id', 'environment'])
          .ignore();
      }
      await dirtyMarks.changes(transaction, ids, now());
    });
  }
}
