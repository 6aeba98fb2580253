import type { Knex } from 'knex';

/**
 * Leaves out of `application` what a better source says of the same one as
 * well: an instance was renamed in the configuration, or two entries of it read
 * the same Argo CD. The same has one key in all sources, and runs in one place.
 *
 * @param options - `ranked`: ids of sources, the best first; any other is worse
 */
export function whereToldBest(
  query: Knex.QueryBuilder,
  options: { ranked: string[] },
): void {
  const { ranked } = options;
  if (ranked.length === 0) {
    return;
  }
  const marks = ranked.map(() => '?').join(', ');
  const cases = ranked.map((_, rank) => `when ? then ${rank}`).join(' ');
  const rankOf = (source: string) =>
    `case ${source} ${cases} else ${ranked.length} end`;
  query.whereRaw(
    `not exists (
       select 1 from application other
       where other.source in (${marks})
         and other.key = application.key
         and other.name = application.name
         and coalesce(other.environment, '') = coalesce(application.environment, '')
         and coalesce(other.target, '') = coalesce(application.target, '')
         and ${rankOf('other.source')} < ${rankOf('application.source')}
     )`,
    [...ranked, ...ranked, ...ranked],
  );
}
