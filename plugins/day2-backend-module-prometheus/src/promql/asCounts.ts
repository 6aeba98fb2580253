import type { SyntaxNode, TreeCursor } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { countedRange, type CountUnit } from './countedRange';

/** Of a slot. */
const WINDOW = '5m';
const WINDOW_SECONDS = 300;

/** Below these a counter is no count to be summed: it tells which series are meant. */
const TELLS = [
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
];

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
  const tree = parser.parse(query);
  const found: SyntaxNode[] = [];
  const units = new Set<CountUnit>();
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) {
      return {
        problem: `is no PromQL at character ${cursor.from + 1}: ${near(
          query,
          cursor,
        )}`,
      };
    }
    if (cursor.name === 'VectorSelector' && !isRanged(cursor.node)) {
      found.push(cursor.node);
      units.add('events');
    }
    const range = countedRange(cursor.node, query);
    if (range && range.seconds !== WINDOW_SECONDS) {
      return {
        problem: `counts over ${
          range.text || 'another time'
        }, not over ${WINDOW}, at character ${
          cursor.from + 1
        }; a slot has five minutes: write [${WINDOW}]`,
      };
    }
    if (range?.unit) {
      units.add(range.unit);
    }
  } while (cursor.next());
  const odd = found.find(tellsOthers);
  if (odd) {
    return {
      problem: `compares or joins series, so it is not clear what to count at character ${
        odd.from + 1
      }; write increase(...[${WINDOW}]) into it where it counts`,
    };
  }
  let counts = query;
  // From the back, so that places before stay what they are.
  for (const node of found.reverse()) {
    const end = modifiedOf(node).to;
    const selector = counts.slice(node.from, node.to);
    const modifiers = counts.slice(node.to, end);
    counts = `${counts.slice(
      0,
      node.from,
    )}increase(${selector}[${WINDOW}]${modifiers})${counts.slice(end)}`;
  }
  return { query: counts, units: [...units] };
}

function isRanged(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'MatrixSelector' || at.name === 'SubqueryExpr') {
      return true;
    }
  }
  return false;
}

function tellsOthers(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'BinaryExpr') {
      const clause = at.getChild('MatchingModifierClause');
      if (TELLS.some(name => at.getChild(name) ?? clause?.getChild(name))) {
        return true;
      }
    }
  }
  return false;
}

/** A selector with its `offset` and `@`. */
function modifiedOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    at.parent?.from === at.from &&
    (at.parent.name === 'OffsetExpr' || at.parent.name === 'StepInvariantExpr')
  ) {
    at = at.parent;
  }
  return at;
}

function near(query: string, cursor: TreeCursor): string {
  const text = query.slice(cursor.from, cursor.from + 20).trim();
  return text === '' ? 'it ends too early' : `"${text}"`;
}
