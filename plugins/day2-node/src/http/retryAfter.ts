/** Longest that a tool may ask for; more is a mistake of its clock. */
const MAX_MS = 6 * 60 * 60 * 1000;

/** Milliseconds that `Retry-After` asks for: seconds or a date. */
export function readRetryAfter(
  value: string | null,
  now: number,
): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '') {
    return undefined;
  }
  const delay = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now;
  return Number.isFinite(delay)
    ? Math.min(MAX_MS, Math.max(0, Math.ceil(delay)))
    : undefined;
}
