import type { SyntaxNodeRef } from '@lezer/common';
import { countedRange, type CountedRange } from './countedRange';

/** Below these a counter is no count to be summed: it tells which series are meant. */
const TELLS = new Set([
  'And',
  'Unless',
  'EqlC',
  'Neq',
  'Gtr',
  'Lss',
  'Gte',
  'Lte',
  'GroupLeft',
  'GroupRight',
]);
const RANGES = new Set(['MatrixSelector', 'SubqueryExpr']);
const MODIFIERS = new Set(['OffsetExpr', 'StepInvariantExpr']);

/** A selector of series at an instant, with where its `offset` and `@` end. */
export interface FoundSelector {
  from: number;
  to: number;
  end: number;
}

/** A node around the one that is looked at. */
interface Frame {
  name: string;
  from: number;
  to: number;
  /** Selectors that were found before it. */
  before: number;
  /** Of a function call: its name. Of a range: how long it is. */
  word?: string;
  /** It compares or joins series. */
  tells?: boolean;
}

/**
 * One walk over a query: what is known of the nodes around goes along, so that a
 * node costs the same however deep it stands.
 */
export class SelectorWalk {
  /** Those without a range around them, in the order they are written. */
  readonly selectors: FoundSelector[] = [];
  /** Selectors of any kind. */
  count = 0;
  readonly #query: string;
  readonly #onRange: (at: number, range: CountedRange) => void;
  readonly #frames: Frame[] = [];
  /** Names of the function calls around. */
  readonly #calls: Frame[] = [];
  #ranges = 0;
  #subqueries = 0;
  #odd = Infinity;

  private constructor(options: {
    query: string;
    onRange: (at: number, range: CountedRange) => void;
  }) {
    this.#query = options.query;
    this.#onRange = options.onRange;
  }

  /** @param options - `onRange`: is told each range that something is counted over */
  static create(options: {
    query: string;
    onRange: (at: number, range: CountedRange) => void;
  }): SelectorWalk {
    return new SelectorWalk(options);
  }

  /** The first selector whose series are compared or joined. */
  get odd(): FoundSelector | undefined {
    return this.selectors[this.#odd];
  }

  enter({ name, from, to }: SyntaxNodeRef): void {
    const parent = this.#frames.at(-1);
    if (name === 'VectorSelector') {
      this.count += 1;
      if (this.#ranges === 0) {
        this.selectors.push({ from, to, end: this.#endOf(from, to) });
      }
    } else if (name === 'FunctionIdentifier' && parent) {
      parent.word ??= this.#query.slice(from, to);
    } else if (
      name === 'NumberDurationLiteralInDurationContext' &&
      parent &&
      RANGES.has(parent.name)
    ) {
      parent.word ??= this.#query.slice(from, to);
    } else if (TELLS.has(name)) {
      const isClause = parent?.name === 'MatchingModifierClause';
      const around = isClause ? this.#frames.at(-2) : parent;
      if (around?.name === 'BinaryExpr') {
        around.tells = true;
      }
    }
    const frame = { name, from, to, before: this.selectors.length };
    this.#frames.push(frame);
    if (name === 'FunctionCall') {
      this.#calls.push(frame);
    }
    this.#ranges += RANGES.has(name) ? 1 : 0;
    this.#subqueries += name === 'SubqueryExpr' ? 1 : 0;
  }

  leave(): void {
    const frame = this.#frames.pop();
    if (!frame) {
      return;
    }
    const { name, from, before, word, tells } = frame;
    if (name === 'FunctionCall') {
      this.#calls.pop();
    }
    this.#subqueries -= name === 'SubqueryExpr' ? 1 : 0;
    if (RANGES.has(name)) {
      this.#ranges -= 1;
      const call = this.#calls.at(-1)?.word;
      // What a subquery takes is counted anew around it.
      if (call !== undefined && this.#subqueries === 0) {
        const range = countedRange({ call, text: word ?? '' });
        if (range) {
          this.#onRange(from, range);
        }
      }
    }
    if (tells && before < this.selectors.length) {
      this.#odd = Math.min(this.#odd, before);
    }
  }

  #endOf(from: number, to: number): number {
    let end = to;
    for (let at = this.#frames.length - 1; at >= 0; at -= 1) {
      const frame = this.#frames[at];
      if (frame.from !== from || !MODIFIERS.has(frame.name)) {
        break;
      }
      end = frame.to;
    }
    return end;
  }
}
