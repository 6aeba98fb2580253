import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { annotations } from '@day2/backstage-plugin-day2-common';
import { createHash } from 'node:crypto';

/** What the directory takes from a catalog entity. */
export interface ObservedService {
  ref: string;
  kind: string;
  title: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  tier?: number;
  dependsOn: string[];
  annotations: Record<string, string>;
  links: { title?: string; url: string }[];
  previousRefs: string[];
  etag: string;
}

/** The fields that the catalog is asked for; all that `serviceFromEntity` reads. */
export const serviceFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.etag',
  'metadata.annotations',
  'metadata.links',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.dependsOn',
];

const readAnnotations: string[] = Object.values(annotations);

/**
 * A catalog entity as a service. Malformed parts are left out: the catalog has
 * its own rules for them.
 */
export function serviceFromEntity(entity: Entity): ObservedService {
  const namespace = entity.metadata.namespace ?? 'default';
  const spec = (entity.spec ?? {}) as Record<string, unknown>;
  const all = entity.metadata.annotations ?? {};
  const kept: Record<string, string> = {};
  for (const key of readAnnotations) {
    if (typeof all[key] === 'string') {
      kept[key] = all[key];
    }
  }
  const dependsOn = Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
  const observed = {
    ref: stringifyEntityRef(entity),
    kind: entity.kind.toLocaleLowerCase('en-US'),
    title: (entity.metadata.title ?? entity.metadata.name).slice(0, 255),
    type: text(spec.type, 100),
    lifecycle: text(spec.lifecycle, 100),
    owner: ref(spec.owner, { kind: 'group', namespace }),
    system: ref(spec.system, { kind: 'system', namespace }),
    tier: tierOf(kept[annotations.tier]),
    dependsOn: unique(
      dependsOn.map(target => ref(target, { kind: 'component', namespace })),
    ),
    annotations: kept,
    links: (entity.metadata.links ?? [])
      .filter(link => /^https?:\/\//i.test(link.url))
      .map(link => ({ title: link.title, url: link.url })),
    previousRefs: unique(
      (kept[annotations.previousRefs] ?? '')
        .split(',')
        .map(part => ref(part.trim(), { kind: entity.kind, namespace })),
    ),
  };
  return {
    ...observed,
    etag:
      entity.metadata.etag ??
      createHash('sha256').update(JSON.stringify(observed)).digest('hex'),
  };
}

/** The entity ref of a system's domain. */
export function domainOfSystem(system: Entity): string | undefined {
  return ref(system.spec?.domain, {
    kind: 'domain',
    namespace: system.metadata.namespace ?? 'default',
  });
}

function text(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value.slice(0, max)
    : undefined;
}

function ref(
  value: unknown,
  defaults: { kind: string; namespace: string },
): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  try {
    const full = stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: defaults.kind,
        defaultNamespace: defaults.namespace,
      }),
    );
    return full.length <= 255 ? full : undefined;
  } catch {
    return undefined;
  }
}

function tierOf(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-4]$/.test(value.trim())
    ? Number(value)
    : undefined;
}

function unique(values: (string | undefined)[]): string[] {
  return [
    ...new Set(values.filter((value): value is string => value !== undefined)),
  ];
}
