import type { JsonObject } from '@backstage/types';
import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import { openCursor, type PrometheusCursor } from '../cursor';

/** So many are remembered, and the reasons of so many, so that the cursor stays small. */
const MAX = 1_000;
const MAX_REASONS = 200;
const NO_REASON = 'it cannot be measured; its item in the quarantine says why';

/** Which objectives cannot be measured: since when, why, and what the hub knows of it. */
export class Failures {
  readonly #cursor: PrometheusCursor;
  readonly #before: PrometheusCursor['failing'];
  readonly #late: Set<string>;
  /** In this run. */
  readonly #failed = new Set<string>();

  private constructor(cursor: PrometheusCursor) {
    this.#cursor = cursor;
    this.#before = { ...cursor.failing };
    this.#late = new Set([...cursor.suspects, ...Object.keys(cursor.failing)]);
  }

  /** Of the run before; what is wanted no more is forgotten. */
  static open(options: {
    cursor: JsonObject | undefined;
    reread?: boolean;
    /** Ids of objectives. */
    wanted: string[];
  }): Failures {
    const cursor = openCursor(options.cursor);
    const wanted = new Set(options.wanted);
    for (const id of Object.keys(cursor.failing)) {
      if (options.reread || !wanted.has(id)) {
        delete cursor.failing[id];
        cursor.news = true;
      }
    }
    return new Failures(cursor);
  }

  /** It comes after the others: it failed before, or all did as it was asked for. */
  isLate(id: string): boolean {
    return this.#late.has(id);
  }

  /** It failed in this run: it is not asked for again. */
  has(id: string): boolean {
    return this.#failed.has(id);
  }

  passed(id: string): void {
    if (id in this.#cursor.failing && !this.#failed.has(id)) {
      delete this.#cursor.failing[id];
      this.#cursor.news = true;
    }
  }

  failed(id: string, options: { why: string; now: number }): void {
    const { failing } = this.#cursor;
    this.#failed.add(id);
    const known = failing[id];
    const why =
      known?.why !== undefined || this.#reasons() < MAX_REASONS
        ? options.why
        : undefined;
    const isNews = !known || known.why !== why;
    if (isNews && (known || Object.keys(failing).length < MAX)) {
      failing[id] = {
        at: this.#before[id]?.at ?? options.now,
        ...(why === undefined ? {} : { why }),
      };
      this.#cursor.news = true;
    }
  }

  /** All failed as it was asked for. */
  suspect(id: string): void {
    const { suspects } = this.#cursor;
    if (!suspects.includes(id) && suspects.length < MAX) {
      suspects.push(id);
    }
  }

  /** All was asked for. @returns what the hub is to be told, if it is news */
  finish(): Pick<SourceBatch, 'unseen' | 'notices'> | undefined {
    const { failing, news } = this.#cursor;
    this.#cursor.suspects = [];
    this.#cursor.news = false;
    if (!news) {
      return undefined;
    }
    const all = Object.entries(failing);
    // Whoever sees the sources may not see each service: a reason quotes its query.
    const count =
      all.length === 1 ? 'One objective' : `${all.length} objectives`;
    const notice = `${count} cannot be measured; the quarantine says which and why, and so does the objective itself`;
    return {
      unseen: all.map(([key, { at, why }]) => ({
        key,
        since: at,
        reason: why ?? NO_REASON,
      })),
      notices: all.length === 0 ? [] : [notice],
    };
  }

  /** Of how many it is remembered why. */
  #reasons(): number {
    const all = Object.values(this.#cursor.failing);
    return all.filter(({ why }) => why !== undefined).length;
  }

  /** As JSON, with nothing that changes later. */
  cursor(): JsonObject {
    return structuredClone(this.#cursor);
  }
}
