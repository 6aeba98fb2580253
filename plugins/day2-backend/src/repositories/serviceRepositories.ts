import type { Knex } from 'knex';
import { activeLinks } from '../subjects/activeLinks';

/** A repository that holds a service's code. */
export interface ServiceRepository {
  name: string;
  urls: string[];
  /** Path patterns of the service in a repository that services share. */
  paths?: string[];
  /** Another one where known commits were corrected. */
  graphRevision?: number;
}

/** The repositories tied to a service, by name. */
export async function serviceRepositories(options: {
  database: Knex;
  serviceId: string;
}): Promise<ServiceRepository[]> {
  const rows = await activeLinks(options.database)
    .join('subject', 'subject.id', 'link.subject_id')
    .where({
      'link.service_id': options.serviceId,
      'subject.kind': 'repository',
    })
    .whereNotNull('subject.repository')
    .orderBy(['subject.repository', 'link.id'])
    .select('subject.repository', 'subject.traits', 'link.paths');
  const revisions: { repository: string; revision: number | string }[] =
    await options
      .database('source_repository')
      .whereIn('repository', [...new Set(rows.map(row => row.repository))])
      .groupBy('repository')
      .select('repository')
      .sum({ revision: 'graph_revision' });
  const found = new Map<string, ServiceRepository>();
  for (const row of rows) {
    if (!found.has(row.repository)) {
      found.set(row.repository, {
        name: row.repository,
        urls: JSON.parse(row.traits).repositoryUrls ?? [],
        ...(row.paths ? { paths: JSON.parse(row.paths) } : {}),
        graphRevision: Number(
          revisions.find(({ repository }) => repository === row.repository)
            ?.revision ?? 0,
        ),
      });
    }
  }
  return [...found.values()];
}
