import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';
import { scrubText } from './scrub';

/**
 * A text without secrets and without the full names of these persons, cut: a
 * name in it would outlive the person's erasure.
 */
export function cleanText(
  text: string,
  persons: ObservedPerson[],
  length: number,
): string {
  let clean = scrubText(text);
  for (const { name } of persons) {
    const full = name?.trim();
    if (full && /\s/.test(full)) {
      clean = clean.replaceAll(full, '[name]');
    }
  }
  return clean.slice(0, length);
}
