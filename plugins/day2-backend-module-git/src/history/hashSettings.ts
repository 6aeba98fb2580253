import { createHash } from 'node:crypto';
import type { RepositoryConfig } from '../readRepository';

/** What decides what is read; a change of it means reading anew. */
export function hashSettings(config: RepositoryConfig): string {
  const parts = [
    config.role,
    config.branch,
    config.since,
    config.environments.map(item => item.path.source),
    config.patterns.map(item => [
      item.files.source,
      item.match.source,
      item.application,
      item.image,
      item.environment,
      item.target,
    ]),
    config.tags.map(item => item.match.source),
  ];
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 16);
}
