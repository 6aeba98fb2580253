import type { ObservedSubject } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, hashOf, toNumber } from '../database';
import { parsePayload, type ChangePayload } from '../ingest/payloads';
import { subjectIdOf } from './SubjectStore';

const SUBJECTS_PER_SLICE = 20;

/** A subject as one observation names it. */
export interface SubjectSighting {
  subject: ObservedSubject;
  /** Key and instant of the observation: the latest one's traits count. */
  key: string;
  at: number;
}

/** What observations say of the things they are about: the latest one's word counts. */
export const subjectTraits = {
  /**
   * Notes the traits that observations give their subjects. The latest
   * observation's count, by time and then by key, whichever comes first.
   * Locks the subjects, so that matching them waits for this transaction.
   */
  async observe(options: {
    transaction: Knex.Transaction;
    source: string;
    observed: SubjectSighting[];
    now: number;
  }): Promise<void> {
    const { transaction, source, now } = options;
    const best = new Map<string, SubjectSighting>();
    for (const sighting of options.observed) {
      const known = best.get(sighting.subject.key);
      if (!known || isLater(sighting, known)) {
        best.set(sighting.subject.key, sighting);
      }
    }
    const ids = new Map(
      [...best.keys()].map(key => [subjectIdOf(source, key), key]),
    );
    const rows = new Map<string, Record<string, any>>();
    for (const chunk of chunksOf([...ids.keys()].sort())) {
      for (const row of await transaction('subject')
        .whereIn('id', chunk)
        .orderBy('id')
        .forUpdate()
        .select('id', 'traits_hash', 'traits_at', 'traits_by')) {
        rows.set(row.id, row);
      }
    }
    const inserts: Record<string, unknown>[] = [];
    for (const [id, key] of ids) {
      const sighting = best.get(key) as SubjectSighting;
      const row = rows.get(id);
      if (!row) {
        inserts.push({
          id,
          source,
          key,
          match_due: now,
          ...traitColumns(sighting),
        });
      } else if (
        row.traits_by === sighting.key ||
        isLater(sighting, {
          at: toNumber(row.traits_at),
          key: row.traits_by,
        })
      ) {
        await setTraits({ transaction, id, row, sighting, now });
      }
    }
    for (const chunk of chunksOf(inserts)) {
      await transaction('subject').insert(chunk);
    }
  },

  /**
   * Finds the traits anew of subjects whose latest observation is among these:
   * it was replaced or withdrawn. Those of which nothing is left keep what was
   * said last.
   */
  async reobserve(options: {
    transaction: Knex.Transaction;
    source: string;
    keys: string[];
    now: number;
  }): Promise<void> {
    const { transaction, source, now } = options;
    for (const chunk of chunksOf(options.keys)) {
      const rows = await transaction('subject')
        .where({ source })
        .whereIn('traits_by', chunk)
        .orderBy('id')
        .forUpdate()
        .select('id', 'key', 'traits_hash');
      await readAgain({ transaction, rows, now });
    }
  },

  /**
   * As `reobserve`, of subjects whose latest observation is withdrawn, whenever
   * that was: some of them at a time, after many were withdrawn in slices.
   *
   * @returns where to go on; undefined at the end
   */
  async reobserveWithdrawn(options: {
    transaction: Knex.Transaction;
    source: string;
    /** Id of a subject. */
    after: string;
    now: number;
  }): Promise<string | undefined> {
    const { transaction, source, after, now } = options;
    const rows = await transaction('subject')
      .join('observation', join =>
        join
          .on('observation.source', 'subject.source')
          .on('observation.key', 'subject.traits_by'),
      )
      .where('subject.source', source)
      .where('subject.id', '>', after)
      .whereNotNull('observation.withdrawn_at')
      .orderBy('subject.id')
      .limit(SUBJECTS_PER_SLICE)
      .forUpdate('subject')
      .select('subject.id', 'subject.key', 'subject.traits_hash');
    await readAgain({ transaction, rows, now });
    return rows.length < SUBJECTS_PER_SLICE ? undefined : rows.at(-1).id;
  },
};

async function readAgain(options: {
  transaction: Knex.Transaction;
  rows: { id: string; key: string; traits_hash: string }[];
  now: number;
}): Promise<void> {
  const { transaction, now } = options;
  for (const row of options.rows) {
    const sighting = await latest(transaction, row.id, row.key);
    if (sighting) {
      await setTraits({ transaction, id: row.id, row, sighting, now });
    }
  }
}

async function latest(
  transaction: Knex.Transaction,
  id: string,
  subjectKey: string,
): Promise<SubjectSighting | undefined> {
  const direct = transaction('observation')
    .where({ subject_id: id })
    .whereNull('withdrawn_at')
    .orderBy('at', 'desc')
    .limit(20)
    .select('key', 'at', 'payload');
  const touching = transaction('change_subject')
    .join('observation', 'observation.record_id', 'change_subject.change_id')
    .where('change_subject.subject_id', id)
    .whereNull('observation.withdrawn_at')
    .orderBy('observation.at', 'desc')
    .limit(20)
    .select('observation.key', 'observation.at', 'observation.payload');
  let best: SubjectSighting | undefined;
  for (const row of [...(await direct), ...(await touching)]) {
    const payload = parsePayload<ChangePayload>(row.payload) as Partial<
      ChangePayload & { subject: ObservedSubject }
    >;
    for (const subject of [
      ...(payload.subject ? [payload.subject] : []),
      ...(payload.touches ?? []).map(touch => touch.subject),
    ]) {
      const sighting = { subject, key: row.key, at: toNumber(row.at) };
      if (subject.key === subjectKey && (!best || isLater(sighting, best))) {
        best = sighting;
      }
    }
  }
  return best;
}

async function setTraits(options: {
  transaction: Knex.Transaction;
  id: string;
  row: Record<string, any>;
  sighting: SubjectSighting;
  now: number;
}): Promise<void> {
  const columns = traitColumns(options.sighting);
  await options
    .transaction('subject')
    .where({ id: options.id })
    .update(
      columns.traits_hash === options.row.traits_hash
        ? { traits_at: columns.traits_at, traits_by: columns.traits_by }
        : { ...columns, match_due: options.now },
    );
}

function traitColumns({ subject, key, at }: SubjectSighting) {
  const { kind, traits } = subject;
  return {
    kind,
    traits: canonicalJson(traits),
    traits_hash: hashOf({ kind, traits }),
    traits_at: at,
    traits_by: key,
    repository: traits.repository ?? null,
  };
}

function isLater(
  a: { at: number; key: string },
  b: { at: number; key: string },
): boolean {
  return a.at === b.at ? a.key > b.key : a.at > b.at;
}
