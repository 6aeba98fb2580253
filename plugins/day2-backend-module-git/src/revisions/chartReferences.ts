import { listAt, textAt } from '../desired/yaml';
import type { References } from './References';
import { isExactVersion, shown } from './remotes';

/** What a Helm chart is made of besides its folder: its dependencies. */
export function chartReferences(options: {
  /** Chart.yaml, requirements.yaml: what there is of them. */
  values: unknown[];
  /** Versions are settled by a lock file. */
  isLocked: boolean;
  /** Names in its folder `charts`. */
  vendored: string[];
}): References {
  const { values, isLocked, vendored } = options;
  const references: References = {
    resources: [],
    files: [],
    charts: [],
    unfollowed: [],
  };
  for (const item of values.flatMap(value => listAt(value, 'dependencies'))) {
    const name = textAt(item, 'name') ?? '';
    const repository = textAt(item, 'repository');
    const path = /^file:\/\/(?<path>.+)$/.exec(repository ?? '')?.groups?.path;
    if (path) {
      references.charts.push(path);
    } else if (
      repository &&
      !isLocked &&
      !isExactVersion(textAt(item, 'version')) &&
      !vendored.some(each => each === name || each.startsWith(`${name}-`))
    ) {
      references.unfollowed.push(
        `whatever version of the chart ${shown(name)} is newest`,
      );
    }
  }
  return references;
}
