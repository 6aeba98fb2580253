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

/**
 * Longer annotations are left out whole: half a list would say something else,
 * and all of them are matched against everything that sources say.
 */
const MAX_ANNOTATION = 4_000;
const MAX_LINKS = 100;
const MAX_DEPENDENCIES = 1_000;
/**
 * Part of each etag, so that all entities are read again after an upgrade that
 * reads more of them: raise it whenever `serviceFromEntity` changes.
 */
const READER_VERSION = 2;

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
    if (typeof all[key] === 'string' && all[key].length <= MAX_ANNOTATION) {
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
      dependsOn
        .slice(0, MAX_DEPENDENCIES)
        .map(target => ref(target, { kind: 'component', namespace })),
    ),
    annotations: kept,
    links: (entity.metadata.links ?? [])
      .filter(link => /^https?:\/\//i.test(link.url))
      .slice(0, MAX_LINKS)
      .map(link => ({ title: link.title, url: link.url })),
    previousRefs: unique(
      (kept[annotations.previousRefs] ?? '')
        .split(',')
        .map(part => ref(part.trim(), { kind: entity.kind, namespace })),
    ),
  };
  return {
    ...observed,
    etag: `${READER_VERSION}:${
      entity.metadata.etag ??
      createHash('sha256').update(JSON.stringify(observed)).digest('hex')
    }`.slice(0, 255),
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
