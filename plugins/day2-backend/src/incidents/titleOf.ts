import type { StoredIncident, StoredReference } from './incidentRows';

/**
 * What an incident is called for who sees only some of its references: as a
 * person called it, else as these are.
 */
export function titleOf(
  references: readonly StoredReference[],
  { title, references: all }: StoredIncident,
): string {
  const byHand = !all.some(each => each.title === title);
  const own =
    references.find(({ kind }) => kind === 'incident') ?? references[0];
  return byHand || !own || references.some(each => each.title === title)
    ? title
    : own.title;
}
