import type { JsonObject } from '@backstage/types';
import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import { openCursor, type PrometheusCursor } from '../cursor';

/** So many are remembered, so that the cursor stays small. */
const MAX = 200;

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
    const { why, now } = options;
    const { failing } = this.#cursor;
    this.#failed.add(id);
    if (failing[id]?.why !== why && Object.keys(failing).length < MAX) {
      failing[id] = { at: this.#before[id]?.at ?? now, why };
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
    const [first] = all.map(([, { why }]) => why);
    const one = `One objective cannot be measured: ${first}`;
    const many = `${all.length} objectives cannot be measured; of one: ${first}`;
    return {
      unseen: all.map(([key, { at, why }]) => ({
        key,
        since: at,
        reason: why,
      })),
      notices: all.length === 0 ? [] : [all.length === 1 ? one : many],
    };
  }

  /** As JSON, with nothing that changes later. */
  cursor(): JsonObject {
    return structuredClone(this.#cursor);
  }
}
