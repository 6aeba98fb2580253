import { parser } from '@prometheus-io/lezer-promql';
import type { CountedRange, CountUnit } from './countedRange';
import { SelectorWalk } from './SelectorWalk';

/** Of a slot. */
const WINDOW = '5m';
const WINDOW_SECONDS = 300;

/** Longer or deeper ones take the parser itself too long. */
const MAX_LENGTH = 5_000;
const MAX_DEPTH = 100;
const MAX_SELECTORS = 200;
const SHORTER = 'record a part of it by a rule, and ask for that';

/** A query that counts the events of five minutes, or why none can be made. */
export type CountQuery =
  | {
      query: string;
      /** Of the numbers in it, as far as they are known. */
      units: CountUnit[];
    }
  | { problem: string };

/**
 * A query over counters as one of what they rose by in a slot: each selector
 * without a range of its own becomes `increase(<selector>[5m])`. One that stands
 * within a range already (`rate(x[5m])`, a subquery) stays as it is; what counts
 * over a longer or shorter one than a slot is none.
 */
export function asCounts(query: string): CountQuery {
  if (query.length > MAX_LENGTH) {
    return {
      problem: `has more than ${MAX_LENGTH} characters; ${SHORTER}`,
    };
  }
  if (depthOf(query) > MAX_DEPTH) {
    return {
      problem: `has more than ${MAX_DEPTH} brackets in one another; ${SHORTER}`,
    };
  }
  const units = new Set<CountUnit>();
  let problem: string | undefined;
  const walk = SelectorWalk.create({
    query,
    onRange: (at, range) => {
      problem ??= problemOf(at, range);
      if (range.unit) {
        units.add(range.unit);
      }
    },
  });
  parser.parse(query).iterate({
    enter: node => {
      if (node.type.isError) {
        problem ??= `is no PromQL at character ${node.from + 1}: ${near(
          query,
          node.from,
        )}`;
      } else if (walk.count > MAX_SELECTORS) {
        problem ??= `selects series at more than ${MAX_SELECTORS} places; ${SHORTER}`;
      }
      if (problem !== undefined) {
        return false;
      }
      walk.enter(node);
      return true;
    },
    leave: () => walk.leave(),
  });
  if (problem !== undefined) {
    return { problem };
  }
  if (walk.odd) {
    return {
      problem: `compares or joins series, so it is not clear what to count at character ${
        walk.odd.from + 1
      }; write increase(...[${WINDOW}]) into it where it counts`,
    };
  }
  if (walk.selectors.length > 0) {
    units.add('events');
  }
  return { query: counting(query, walk), units: [...units] };
}

function counting(query: string, { selectors }: SelectorWalk): string {
  let counts = '';
  let done = 0;
  for (const { from, to, end } of selectors) {
    const selector = query.slice(from, to);
    const modifiers = query.slice(to, end);
    counts += `${query.slice(
      done,
      from,
    )}increase(${selector}[${WINDOW}]${modifiers})`;
    done = end;
  }
  return counts + query.slice(done);
}

function problemOf(at: number, range: CountedRange): string | undefined {
  return range.seconds === WINDOW_SECONDS
    ? undefined
    : `counts over ${
        range.text || 'another time'
      }, not over ${WINDOW}, at character ${
        at + 1
      }; a slot has five minutes: write [${WINDOW}]`;
}

/** Of brackets, those in strings too: one that is never closed there counts little. */
function depthOf(query: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of query) {
    if ('([{'.includes(char)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (')]}'.includes(char)) {
      depth -= 1;
    }
  }
  return deepest;
}

function near(query: string, from: number): string {
  const text = query.slice(from, from + 20).trim();
  return text === '' ? 'it ends too early' : `"${text}"`;
}
