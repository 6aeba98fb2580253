/**
 * What a rule said of one incident, beside what caused it.
 *
 * @public
 */
export interface LinkingAnswer {
  /** Id of the change that caused it; absent where no change did. */
  truth?: string;
  /** Candidates, likeliest first. */
  ranked: readonly string[];
  /** The one that it says did it; absent where it says none. */
  named?: string;
  /** How sure it is of the first, 0 to 1; rules that are always sure have none. */
  probability?: number;
}

/** How good a rule is; each 0 to 1, absent where there was nothing to divide by. @public */
export interface LinkingMeasure {
  incidents: number;
  /** Those that a change caused. */
  caused: number;
  /** Rightly named / named. */
  precision?: number;
  /** Rightly named / caused. */
  recall?: number;
  /** Caused ones whose cause is the first / caused. */
  top1?: number;
  /** Caused ones whose cause is among the first three / caused. */
  top3?: number;
}

/** Measures a rule on labelled incidents. @public */
export function linkingMeasureOf(
  answers: readonly LinkingAnswer[],
): LinkingMeasure {
  const caused = answers.filter(({ truth }) => truth !== undefined);
  const named = answers.filter(each => each.named !== undefined);
  const right = named.filter(each => each.named === each.truth).length;
  const within = (n: number) =>
    caused.filter(({ truth, ranked }) =>
      ranked.slice(0, n).includes(truth as string),
    ).length;
  return {
    incidents: answers.length,
    caused: caused.length,
    ...(named.length > 0 ? { precision: right / named.length } : {}),
    ...(caused.length > 0
      ? {
          recall: right / caused.length,
          top1: within(1) / caused.length,
          top3: within(3) / caused.length,
        }
      : {}),
  };
}

/**
 * The lowest threshold at which, of the firsts that are at least so probable, a
 * share of `precision` was right: it names the most that one may. Absent where
 * there is none.
 *
 * @public
 */
export function thresholdFor(options: {
  answers: readonly LinkingAnswer[];
  /** 0 to 1: 0.9 by metrics.md. */
  precision: number;
}): number | undefined {
  const firsts = options.answers
    .filter(({ ranked }) => ranked.length > 0)
    .map(({ probability = 1, ranked, truth }) => ({
      probability,
      right: ranked[0] === truth,
    }))
    .sort((a, b) => b.probability - a.probability);
  let right = 0;
  let found: number | undefined;
  firsts.forEach((each, at) => {
    right += each.right ? 1 : 0;
    // Of equally probable ones either all are named or none.
    const isLast = firsts[at + 1]?.probability !== each.probability;
    if (isLast && right / (at + 1) >= options.precision) {
      found = each.probability;
    }
  });
  return found;
}
