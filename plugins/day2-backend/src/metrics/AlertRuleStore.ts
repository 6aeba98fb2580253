import type { SourceErrorCode } from '@day2/backstage-plugin-day2-common';
import type { AlertRule } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import {
  Breather,
  chunksOf,
  inTransaction,
  toNumber,
  whereElapsed,
} from '../database';

/** Longer than it is between two readings. */
const LONGEST_MS = 5 * 60_000;

/** How the reading of a source's rules stands. */
export interface AlertReading {
  /** Epoch milliseconds. */
  readAt?: number;
  failingSince?: number;
  error?: { code: SourceErrorCode; text: string; fix?: string };
}

/** Rules of alerts as they were read last, and who reads them. */
export class AlertRuleStore {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): AlertRuleStore {
    return new AlertRuleStore(options.database);
  }

  /** Annotations of the services that may name alerts. */
  async services(): Promise<Record<string, string>[]> {
    const rows: string[] = await this.#database('service')
      .whereNull('removed_at')
      .where('annotations', 'like', '%"prometheus.io/alert"%')
      .pluck('annotations');
    return rows.map(row => JSON.parse(row));
  }

  /** Forgets what nobody names any more. */
  async keepOnly(sources: string[]): Promise<void> {
    const gone = await this.#database('alert_reading')
      .whereNotIn('source', sources)
      .pluck('source');
    if (gone.length > 0) {
      await inTransaction(this.#database, async transaction => {
        for (const table of ['alert_rule', 'alert_reading']) {
          await transaction(table).whereIn('source', gone).delete();
        }
      });
    }
  }

  /** @returns whether the source is due, not paused, and ours to read now */
  async claim(options: {
    source: string;
    holder: string;
    now: number;
    until: number;
  }): Promise<boolean> {
    const { source, now } = options;
    const paused = await this.#database('source')
      .where({ id: source, paused: true })
      .first('id');
    if (paused) {
      return false;
    }
    await this.#database('alert_reading')
      .insert({ source })
      .onConflict('source')
      .ignore();
    const taken = await this.#database('alert_reading')
      .where({ source })
      .where(row =>
        whereElapsed(row, { column: 'next_at', now, longestMs: LONGEST_MS }),
      )
      .where(row =>
        whereElapsed(row, {
          column: 'claimed_until',
          now,
          longestMs: options.until - now,
        }),
      )
      .update({ claimed_by: options.holder, claimed_until: options.until });
    return taken > 0;
  }

  /** Replaces all that was known of the source, where it is still ours. */
  async replace(options: {
    source: string;
    holder: string;
    rules: AlertRule[];
    readAt: number;
    nextAt: number;
  }): Promise<void> {
    const { source, holder, rules, readAt, nextAt } = options;
    await inTransaction(this.#database, async transaction => {
      const ours = await transaction('alert_reading')
        .where({ source, claimed_by: holder })
        .update({
          read_at: readAt,
          failing_since: null,
          error: null,
          next_at: nextAt,
          claimed_by: null,
          claimed_until: 0,
        });
      if (ours === 0) {
        return;
      }
      await transaction('alert_rule').where({ source }).delete();
      for (const chunk of chunksOf([...rules.entries()])) {
        await transaction('alert_rule').insert(
          chunk.map(([position, rule]) => ({
            source,
            position,
            name: columnOf(rule.name),
            group: columnOf(rule.group),
            record: JSON.stringify(rule),
          })),
        );
      }
    });
  }

  /** What was read last stays. */
  async failed(options: {
    source: string;
    holder: string;
    error: NonNullable<AlertReading['error']>;
    now: number;
    nextAt: number;
  }): Promise<void> {
    const { source, holder, now } = options;
    await this.#database('alert_reading')
      .where({ source, claimed_by: holder })
      .update({
        failing_since: this.#database.raw('coalesce(failing_since, ?)', [now]),
        error: JSON.stringify(options.error),
        next_at: options.nextAt,
        claimed_by: null,
        claimed_until: 0,
      });
  }

  /** Gives back a source that was not read to its end. */
  async release(options: { source: string; holder: string }): Promise<void> {
    await this.#database('alert_reading')
      .where({ source: options.source, claimed_by: options.holder })
      .update({ claimed_by: null, claimed_until: 0 });
  }

  async reading(source: string): Promise<AlertReading> {
    const row = await this.#database('alert_reading').where({ source }).first();
    return {
      readAt: toNumber(row?.read_at),
      failingSince: toNumber(row?.failing_since),
      error: row?.error ? JSON.parse(row.error) : undefined,
    };
  }

  /** Rules of a source in its order: those of these names, or all. */
  async rules(options: {
    source: string;
    names?: string[];
  }): Promise<AlertRule[]> {
    const query = this.#database('alert_rule')
      .where({ source: options.source })
      .orderBy('position');
    if (options.names) {
      query.whereIn('name', options.names.map(columnOf));
    }
    const breather = Breather.create();
    const rules: AlertRule[] = [];
    for (const record of await query.pluck('record')) {
      rules.push(JSON.parse(record));
      await breather.breathe();
    }
    return rules;
  }
}

/** As it is kept to be found by: PostgreSQL takes no NUL, and one rule with it is not worth all. */
function columnOf(text: string): string {
  return text.replaceAll('\0', '').slice(0, 500);
}
