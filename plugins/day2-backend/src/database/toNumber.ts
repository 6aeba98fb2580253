/**
 * A BIGINT or a count as PostgreSQL (string) and SQLite (number) give it;
 * undefined for NULL.
 */
export function toNumber(value: string | number): number;
export function toNumber(
  value: string | number | null | undefined,
): number | undefined;
export function toNumber(
  value: string | number | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
