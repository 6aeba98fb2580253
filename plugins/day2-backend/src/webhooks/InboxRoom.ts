import type { Knex } from 'knex';
import { toNumber } from '../database';

/** What may wait of one source: some days of a busy tool, and no more than a table bears. */
export const MAX_WAITING = { count: 10_000, bytes: 64 * 1024 * 1024 };
/** What others kept meanwhile is not known: so much later it is. */
const FRESH_MS = 1_000;
/** Those of one shortage are counted together. */
const SHORTAGE_MS = 24 * 3600_000;

/** How much may wait of one source. */
export interface WaitingLimits {
  count: number;
  bytes: number;
}

/**
 * Whether the inbox of a source has room. What waits is counted once a second at
 * most, by the index; what is let in here meanwhile is added. So several
 * replicas may keep more than the bound, by what each lets in within a second.
 */
export class InboxRoom {
  readonly #database: Knex;
  readonly #now: () => number;
  readonly #limits: WaitingLimits;
  readonly #known = new Map<
    string,
    { at: number; waits: Promise<WaitingLimits> }
  >();

  private constructor(options: InboxRoomOptions) {
    this.#database = options.database;
    this.#now = options.now;
    this.#limits = options.limits ?? MAX_WAITING;
  }

  static create(options: InboxRoomOptions): InboxRoom {
    return new InboxRoom(options);
  }

  /** @returns whether there is room for so many bytes more; if so, they are counted in */
  async take(source: string, bytes: number): Promise<boolean> {
    const waits = await this.#waits(source);
    const isFree =
      waits.count < this.#limits.count &&
      waits.bytes + bytes <= this.#limits.bytes;
    if (isFree) {
      waits.count += 1;
      waits.bytes += bytes;
    }
    return isFree;
  }

  /** Counts a verified delivery for which there was no room. */
  async noteTurnedAway(source: string): Promise<void> {
    const now = this.#now();
    await this.#database('source')
      .insert({ id: source })
      .onConflict('id')
      .ignore();
    await this.#database('source')
      .where({ id: source })
      .update({
        turned_away: this.#database.raw(
          'case when ?? > ? then ?? + 1 else 1 end',
          ['turned_away_at', now - SHORTAGE_MS, 'turned_away'],
        ),
        turned_away_at: now,
      });
  }

  async #waits(source: string): Promise<WaitingLimits> {
    const known = this.#known.get(source);
    const now = this.#now();
    if (known && now - known.at < FRESH_MS && now >= known.at) {
      return known.waits;
    }
    const waits = this.#count(source);
    this.#known.set(source, { at: now, waits });
    waits.catch(() => this.#known.delete(source));
    return waits;
  }

  async #count(source: string): Promise<WaitingLimits> {
    const [row]: Record<string, any>[] = await this.#database(
      this.#database('webhook_delivery')
        .where({ state: 'waiting', source })
        .limit(this.#limits.count)
        .select('bytes')
        .as('waits'),
    )
      .count({ n: '*' })
      .sum({ bytes: 'bytes' });
    return { count: Number(row.n), bytes: toNumber(row.bytes ?? 0) };
  }
}

/** What it needs. */
export interface InboxRoomOptions {
  database: Knex;
  now: () => number;
  /** 10,000 deliveries and 64 MiB by default. */
  limits?: WaitingLimits;
}
