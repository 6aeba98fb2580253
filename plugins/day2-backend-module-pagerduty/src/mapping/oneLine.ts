/** A name without control characters, cut; undefined where nothing is left. */
export function oneLine(
  text: string | undefined,
  length: number,
): string | undefined {
  const line = text
    ?.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, length)
    .trim();
  return line === '' ? undefined : line;
}
