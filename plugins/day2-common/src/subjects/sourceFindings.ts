import { annotations } from '../annotations';
import type { Candidate, MatchableSubject } from './matchFinding';
import { normalizeRepository } from './normalizeRepository';
import { pathMatches } from './pathPattern';
import type { ServiceIndex } from './ServiceIndex';

/** Services whose annotation names the path. */
export function byPath(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Candidate[] {
  const path = traits.path;
  if (path === undefined) {
    return [];
  }
  const names = new Set(
    [
      traits.repository,
      ...(traits.repositoryUrls ?? []).map(
        url => normalizeRepository(url)?.path,
      ),
    ].map(name => name?.toLowerCase()),
  );
  return index
    .pathsAbove(path)
    .filter(
      ({ repository, pattern }) =>
        (repository === undefined || names.has(repository.toLowerCase())) &&
        pathMatches({ pattern, path }),
    )
    .map(({ service, pattern }) => ({
      service,
      reason: `annotation ${annotations.gitopsPath} "${pattern}" matches ${path}`,
    }));
}

/** Services whose code is in the repository. */
export function byRepository(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Candidate[] {
  const found: Candidate[] = [];
  for (const url of traits.repositoryUrls ?? []) {
    const repository = normalizeRepository(url);
    if (!repository) {
      continue;
    }
    const slug = repository.path.toLowerCase();
    const keys = [
      ...(repository.host ? [`url ${repository.host}/${repository.path}`] : []),
      ...(repository.host !== 'gitlab.com' ? [`github ${slug}`] : []),
      ...(repository.host !== 'github.com' ? [`gitlab ${slug}`] : []),
    ];
    for (const service of keys.flatMap(key => index.byRepository(key))) {
      found.push({
        service,
        reason: `its source is the repository ${
          traits.repository ?? repository.path
        }`,
      });
    }
  }
  return found;
}
