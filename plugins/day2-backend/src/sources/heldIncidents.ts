import type {
  HeldIncidents,
  IncidentObservation,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';

const MAX_OPEN = 10_000;

/** What is held of the incidents of a source, whoever told it. */
export function heldIncidents(options: {
  database: Knex;
  source: string;
}): HeldIncidents {
  const { database, source } = options;
  const standing = () =>
    database('observation')
      .where({ source, kind: 'incident' })
      .whereNull('withdrawn_at');
  return {
    async open() {
      const rows = await standing()
        .whereNotNull('open_heard_at')
        .orderBy('open_heard_at')
        .limit(MAX_OPEN)
        .select('key', 'version', 'open_heard_at');
      return rows.map(row => ({
        key: row.key,
        version: toNumber(row.version)!,
        heardAt: toNumber(row.open_heard_at)!,
      }));
    },

    async said(keys) {
      const found: IncidentObservation[] = [];
      for (const chunk of chunksOf(keys)) {
        const rows = await standing()
          .whereIn('key', chunk)
          .select('key', 'version', 'payload');
        for (const { key, version, payload } of rows) {
          const { acknowledgedById, assigneeIds, ...content } =
            JSON.parse(payload);
          found.push({
            ...content,
            kind: 'incident',
            key,
            version: toNumber(version),
          });
        }
      }
      return found;
    },
  };
}
