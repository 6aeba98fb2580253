import { ConflictError } from '@backstage/errors';
import type {
  QuarantinedItem,
  SourceState,
  SourceStatus,
} from '@day2/backstage-plugin-day2-common';
import type { HeldIncidents, Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction, toNumber } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import { iso } from '../http/range';
import { replayDeliveries } from '../webhooks/replayDeliveries';
import { heldIncidents } from './heldIncidents';
import { boundedEvery, patienceMs } from './schedule';
import { SourceLeases } from './SourceLeases';

/** How sources stand, and what people may do with them. */
export class SourceStore {
  readonly #database: Knex;
  readonly #now: () => number;

  private constructor(options: { database: Knex; now: () => number }) {
    this.#database = options.database;
    this.#now = options.now;
  }

  static create(options: { database: Knex; now?: () => number }): SourceStore {
    return new SourceStore({ ...options, now: options.now ?? Date.now });
  }

  /** The leases by which one replica at a time runs a source. */
  leases(options: {
    holder: string;
    now: () => number;
    leaseMs: number;
  }): SourceLeases {
    return SourceLeases.create({ ...options, database: this.#database });
  }

  /** What is held of the incidents of a source. */
  incidents(id: string): HeldIncidents {
    return heldIncidents({ database: this.#database, source: id });
  }

  /** Every source that is configured, in the order they were added. */
  async list(options: { sources: Source[] }): Promise<SourceStatus[]> {
    const rows: Record<string, any>[] = await this.#database('source').select(
      '*',
    );
    const held: { source: string; n: number | string }[] = await this.#database(
      'quarantine',
    )
      .groupBy('source')
      .select('source')
      .count({ n: '*' });
    const byId = new Map(rows.map(row => [row.id, row]));
    const quarantined = new Map(held.map(({ source, n }) => [source, n]));
    return options.sources.map(source =>
      statusOf({
        source,
        row: byId.get(source.id),
        quarantined: Number(quarantined.get(source.id) ?? 0),
        now: this.#now(),
      }),
    );
  }

  /** Pausing also ends a run at its next renewal; what was said stays. */
  async setPaused(options: { id: string; paused: boolean }): Promise<void> {
    const { id, paused } = options;
    await this.#database('source')
      .insert({ id, paused })
      .onConflict('id')
      .merge(paused ? { paused } : { paused, next_run_at: 0 });
  }

  /**
   * Makes a source due at once.
   *
   * @throws ConflictError when it is paused
   */
  async makeDue(options: { id: string }): Promise<void> {
    const due = await this.#database('source')
      .where({ id: options.id, paused: false })
      .update({ next_run_at: 0 });
    const row =
      due === 0 &&
      (await this.#database('source').where({ id: options.id }).first('id'));
    if (row) {
      throw new ConflictError(
        `${options.id} is paused; resume it to have it read`,
      );
    }
  }

  /**
   * Lets a source be read from the beginning; the cursor stays, for the
   * versions that go on from it. A run in progress loses its lease, so that its
   * batches do not pass for the new reading.
   */
  async reread(options: { id: string }): Promise<void> {
    await this.#reread(this.#database, options.id);
  }

  /** Empties the quarantine and reads the source again: what is good by now lands. */
  async replayQuarantine(options: {
    id: string;
  }): Promise<{ released: number }> {
    return inTransaction(this.#database, async transaction => {
      await this.#reread(transaction, options.id);
      await replayDeliveries({ transaction, source: options.id });
      const released = await transaction('quarantine')
        .where({ source: options.id })
        .delete();
      return { released };
    });
  }

  /** Items a source could not take in, newest first. */
  async quarantine(options: {
    source: string;
    limit: number;
    cursor?: string;
  }): Promise<{ items: QuarantinedItem[]; nextCursor?: string }> {
    const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
    const query = this.#database('quarantine')
      .where('source', options.source)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit + 1)
      .select('*');
    if (after) {
      query.whereRaw('(at, id) < (?, ?)', [after.at, after.id]);
    }
    const page = cutPage({
      rows: (await query) as Record<string, any>[],
      limit: options.limit,
      position: row => ({ at: toNumber(row.at), id: row.id }),
    });
    return {
      items: page.rows.map(row => ({
        id: row.id,
        source: row.source,
        key: row.key ?? undefined,
        reason: row.reason,
        item: row.item,
        at: iso(toNumber(row.at)),
      })),
      nextCursor: page.nextCursor,
    };
  }

  async #reread(database: Knex, id: string): Promise<void> {
    await database('source')
      .where({ id })
      .update({
        reread: true,
        skipped: '{}',
        hub_notices: '[]',
        progress: null,
        pass_id: null,
        pass_known: null,
        epoch: database.raw('?? + 1', ['epoch']),
        holder: null,
        expires_at: 0,
        next_run_at: 0,
      });
  }
}

function statusOf(options: {
  source: Source;
  row: Record<string, any> | undefined;
  quarantined: number;
  now: number;
}): SourceStatus {
  const { source, row, now } = options;
  const instant = (value: string | number | null | undefined) => {
    const at = toNumber(value);
    return at === undefined ? undefined : iso(at);
  };
  const lastSuccess = toNumber(row?.last_success_at);
  const everySeconds = boundedEvery(source.everySeconds);
  const running = Boolean(row?.holder) && toNumber(row?.expires_at) > now;
  return {
    id: source.id,
    type: source.type,
    title: source.title,
    url: source.url,
    detail: source.detail,
    state: stateOf({ ...options, lastSuccess, running }),
    lastSuccessAt: instant(row?.last_success_at),
    lastAttemptAt: instant(row?.last_attempt_at),
    failingSince: instant(row?.failing_since),
    error: row?.error ? JSON.parse(row.error) : undefined,
    notices: [
      ...(everySeconds === source.everySeconds
        ? []
        : [
            `It asks to be read at an interval that cannot be kept; it is read every ${everySeconds} seconds. Correct \`every\` in app-config`,
          ]),
      ...(row ? JSON.parse(row.notices) : []),
      ...(row ? JSON.parse(row.hub_notices) : []),
    ],
    lagSeconds:
      lastSuccess === undefined
        ? undefined
        : Math.max(0, Math.round((now - lastSuccess) / 1000)),
    everySeconds,
    progress: row?.progress ? JSON.parse(row.progress) : undefined,
    counts: row ? JSON.parse(row.counts) : {},
    skipped: row ? JSON.parse(row.skipped) : {},
    quarantined: options.quarantined,
    holder: running ? row?.holder : undefined,
  };
}

function stateOf(options: {
  source: Source;
  row: Record<string, any> | undefined;
  lastSuccess: number | undefined;
  running: boolean;
  now: number;
}): SourceState {
  const { source, row, lastSuccess, running, now } = options;
  if (row?.paused) {
    return 'paused';
  }
  if (row?.error) {
    return 'failing';
  }
  if (!row || row.last_attempt_at === null) {
    return 'never-run';
  }
  if (lastSuccess === undefined) {
    return 'back-filling';
  }
  if (running) {
    return 'running';
  }
  return now - lastSuccess > patienceMs(source.everySeconds) ? 'stale' : 'ok';
}
