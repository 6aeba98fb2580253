import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { annotations } from '@day2/backstage-plugin-day2-common';

/** Files found beside catalog-info.yaml where no annotation names any. */
export const CONVENTIONAL = [
  'openslo.yaml',
  'openslo.yml',
  'slo.yaml',
  'slos.yaml',
];

/** The fields that the catalog is asked for; all that `objectiveEntity` reads. */
export const objectiveFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.etag',
  'metadata.annotations',
];

/** Names the instance that measures it, as other plugins for Prometheus have it. */
const INSTANCE = 'prometheus.io/service-name';

/** An entity as far as it says where its SLO files are. */
export interface ObjectiveEntity {
  ref: string;
  name: string;
  etag: string;
  /** Where its catalog-info.yaml is. */
  location: { type: 'url' | 'file'; target: string };
  /** As `day2/objectives` names them; absent without it. */
  named?: string[];
  instance?: string;
}

/** Nothing where no file could be told: it is in none that can be read. */
export function objectiveEntity(entity: Entity): ObjectiveEntity | undefined {
  const found = entity.metadata.annotations ?? {};
  const managed = found[annotations.managedByLocation] ?? '';
  const { type, target } =
    /^(?<type>url|file):(?<target>.+)$/.exec(managed)?.groups ?? {};
  if (type === undefined) {
    return undefined;
  }
  const ref = stringifyEntityRef(entity);
  const named = found[annotations.objectives]
    ?.split(',')
    .map(each => each.trim())
    .filter(each => each !== '');
  const instance = found[INSTANCE]?.trim();
  return {
    ref,
    name: parseEntityRef(ref).name,
    etag: entity.metadata.etag ?? '',
    location: { type: type as 'url' | 'file', target },
    ...(named && named.length > 0 ? { named } : {}),
    ...(instance ? { instance } : {}),
  };
}
