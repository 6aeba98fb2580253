import type { SyntaxNode } from '@lezer/common';

/** What the numbers of a query are. */
export type CountUnit = 'events' | 'events a second';

/** Functions whose answer depends on how long a range is, and what they count in. */
const COUNTING: Record<string, CountUnit | undefined> = {
  increase: 'events',
  rate: 'events a second',
  irate: 'events a second',
  delta: undefined,
  idelta: undefined,
  sum_over_time: undefined,
  count_over_time: undefined,
};

/** Seconds of a unit, as PromQL writes it. */
const SECONDS: Record<string, number> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** How long a range is over which a query counts, and in what. */
export interface CountedRange {
  /** As it is written. */
  text: string;
  /** NaN where it is no plain duration. */
  seconds: number;
  unit?: CountUnit;
}

/**
 * The range at a node, where something is counted over it: what is taken of
 * samples (`max_over_time`), or counted anew by a subquery around it, is not.
 */
export function countedRange(
  node: SyntaxNode,
  query: string,
): CountedRange | undefined {
  if (node.name !== 'MatrixSelector' && node.name !== 'SubqueryExpr') {
    return undefined;
  }
  let call: SyntaxNode | undefined;
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'SubqueryExpr') {
      return undefined;
    }
    call ??= at.name === 'FunctionCall' ? at : undefined;
  }
  const name = call?.getChild('FunctionIdentifier');
  const word = name ? query.slice(name.from, name.to) : '';
  if (!Object.hasOwn(COUNTING, word)) {
    return undefined;
  }
  const range = node.getChild('NumberDurationLiteralInDurationContext');
  const text = range ? query.slice(range.from, range.to) : '';
  return { text, seconds: secondsOf(text), unit: COUNTING[word] };
}

function secondsOf(text: string): number {
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return text !== '' && parts.map(([part]) => part).join('') === text
    ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * SECONDS[unit], 0)
    : NaN;
}
