import { formatInstant } from './formatInstant';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence with its ISO instants in the reader's zone, to the second. */
export function withLocalInstants(
  text: string,
  options: { now?: number; zone?: string; locale?: string } = {},
): string {
  return text.replace(
    INSTANT,
    at => formatInstant({ ...options, at, seconds: true }).local,
  );
}
