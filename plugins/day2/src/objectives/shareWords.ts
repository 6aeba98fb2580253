/** A share as a percentage with at most one decimal: `62.4 %`. */
export function shareWords(share: number): string {
  return `${(share * 100).toLocaleString(undefined, {
    maximumFractionDigits: 1,
  })} %`;
}

/** A target as it was written: `99.95 %`. */
export function targetWords(target: number): string {
  return `${Number((target * 100).toPrecision(12)).toLocaleString(undefined, {
    maximumFractionDigits: 8,
  })} %`;
}

/**
 * What was attained, one decimal more than its target has and cut, not
 * rounded: what fell short of the target must not read as having met it.
 */
export function attainmentWords(options: {
  attained: number;
  target?: number;
}): string {
  const digits = decimalsOf(options.target) + 1;
  const unit = 10 ** digits;
  // The product of binary fractions may be a hair below what was meant.
  const cut =
    Math.floor(Number((options.attained * 100 * unit).toPrecision(12))) / unit;
  return `${cut.toLocaleString(undefined, {
    maximumFractionDigits: digits,
  })} %`;
}

function decimalsOf(target = 0): number {
  const [, decimals = ''] = String(
    Number((target * 100).toPrecision(12)),
  ).split('.');
  return Math.min(6, decimals.length);
}

/** How fast a budget burns: `14.4×`. */
export function burnWords(burn: number): string {
  return `${burn.toLocaleString(undefined, {
    maximumFractionDigits: burn < 10 ? 2 : 1,
  })}×`;
}
