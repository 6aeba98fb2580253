/** What a factor adds, and why. */
export type FactorPart = [logOdds: number, code: string, text: string];

/** A time as people say it, of milliseconds. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.round(minutes / 6) / 10;
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 2.4) / 10} d`;
}
