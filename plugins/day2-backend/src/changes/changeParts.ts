import {
  anyPathMatches,
  type EnvironmentRule,
  type FieldChange,
} from '@day2/backstage-plugin-day2-common';
import { environmentOf } from '../ingest/ObservationStore';
import type { ChangePayload } from '../ingest/payloads';
import { subjectIdOf } from '../subjects/SubjectStore';

/** A row of `record_service` for a change. */
export interface ChangeTie {
  record_id: string;
  service_id: string;
  environment: string;
  role: 'touched';
  via: string;
  at: number;
}

/** What a source said of a change. */
export interface ObservedChange {
  id: string;
  source: string;
  key: string;
  payload: ChangePayload;
  withdrawnReason?: string;
}

/** A tie with the part of the change that it ties. */
export interface TiedPart {
  tie: ChangeTie;
  fields: FieldChange[];
  /** All of them, where `fields` is cut. */
  fieldCount: number;
}

/** A service that a subject of a change belongs to. */
export interface LinkedSubject {
  subjectId: string;
  subjectKind: string;
  environment: string;
  serviceId: string;
  reason: string;
  paths?: string[];
}

/** What a change is tied to, and what of it: a commit may touch many services. */
export function partsOf(options: {
  observed: ObservedChange;
  links: LinkedSubject[];
  environments: EnvironmentRule[];
}): TiedPart[] {
  const { observed, links, environments } = options;
  const touches = observed.payload.touches.map(touch => ({
    ...touch,
    subjectId: subjectIdOf(observed.source, touch.subject.key),
    environment: environmentOf(touch.environment, environments) ?? '',
  }));
  return tiesOf(observed, links).map(({ tie, subjectIds }) => {
    const own = touches.filter(
      touch =>
        touch.environment === tie.environment &&
        subjectIds.has(touch.subjectId),
    );
    return {
      tie,
      fields: own.flatMap(touch => touch.fields),
      fieldCount: own.reduce((sum, touch) => sum + touch.fieldCount, 0),
    };
  });
}

/** How many fields moved, by subject. */
export function fieldCountsOf({
  source,
  payload,
}: ObservedChange): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const touch of payload.touches) {
    const subjectId = subjectIdOf(source, touch.subject.key);
    counts[subjectId] = (counts[subjectId] ?? 0) + touch.fieldCount;
  }
  return counts;
}

/** One tie for each service and environment, with what tied it in words. */
function tiesOf(
  { id, payload }: ObservedChange,
  links: LinkedSubject[],
): { tie: ChangeTie; subjectIds: Set<string> }[] {
  const ties = new Map<string, ChangeTie>();
  const subjectIds = new Map<string, Set<string>>();
  for (const link of links) {
    const narrowed =
      link.subjectKind === 'repository' && link.paths
        ? anyPathMatches({
            patterns: link.paths,
            paths: payload.paths ?? [],
            cut: payload.pathsCut || payload.paths === undefined,
          })
        : true;
    if (
      narrowed === false ||
      (narrowed === undefined && payload.paths?.length === 0)
    ) {
      continue;
    }
    const via =
      narrowed === undefined
        ? `${link.reason}; not all of its paths are known`
        : link.reason;
    const place = `${link.serviceId} ${link.environment}`;
    subjectIds.set(
      place,
      (subjectIds.get(place) ?? new Set()).add(link.subjectId),
    );
    const known = ties.get(place);
    if (!known || via < known.via) {
      ties.set(place, {
        record_id: id,
        service_id: link.serviceId,
        environment: link.environment,
        role: 'touched',
        via: via.slice(0, 255),
        at: payload.at,
      });
    }
  }
  return [...ties.keys()].sort().map(place => ({
    tie: ties.get(place) as ChangeTie,
    subjectIds: subjectIds.get(place) as Set<string>,
  }));
}
