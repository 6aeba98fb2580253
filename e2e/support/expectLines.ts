import assert from 'node:assert/strict';

const SHOWN = 15;

/**
 * Holds what the portal says against what is true, a line each, in order. A
 * failure lists what is missing and what is there too much, not two walls of text.
 */
export function expectLines(options: {
  /** What the lines are of. */
  of: string;
  shown: string[];
  truth: string[];
}): void {
  const { of, shown, truth } = options;
  const missing = without(truth, shown);
  const extra = without(shown, truth);
  if (missing.length + extra.length > 0) {
    const total = missing.length + extra.length;
    assert.fail(
      [
        `${of}: ${shown.length} shown, ${truth.length} true`,
        ...missing.slice(0, SHOWN).map(line => `  true, not shown: ${line}`),
        ...extra.slice(0, SHOWN).map(line => `  shown, not true: ${line}`),
        ...(total > 2 * SHOWN ? [`  ${total} differences in all`] : []),
      ].join('\n'),
    );
  }
  const at = truth.findIndex((line, index) => line !== shown[index]);
  if (at >= 0) {
    assert.fail(
      `${of}: another order at ${at}\n  true:  ${truth[at]}\n  shown: ${shown[at]}`,
    );
  }
}

/** Lines of one list that the other lacks; one that is there twice counts twice. */
function without(lines: string[], others: string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) {
    left.set(line, (left.get(line) ?? 0) + 1);
  }
  return lines.filter(line => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
