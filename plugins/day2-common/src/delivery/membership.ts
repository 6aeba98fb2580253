import type { TimeRange } from './range';
import type { MembershipMode, ScoreboardGrouping } from './scoreboard';

/**
 * What a service belonged to over a stretch of time. Instants are epoch
 * milliseconds, refs are entity refs.
 *
 * @public
 */
export interface ServiceMoment {
  serviceId: string;
  validFrom: number;
  /** Absent: it still holds. */
  validTo?: number;
  /** Entity ref of the service, for a row of its own. */
  ref?: string;
  owner?: string;
  system?: string;
  domain?: string;
  removed: boolean;
}

/** A group whose deployments are summed. @public */
export interface DeliveryGroup {
  grouping: ScoreboardGrouping;
  /** Entity ref; not of the organisation. */
  ref?: string;
}

/** A stretch of time in which the deployments of a service count for a group. @public */
export interface MemberSpan extends TimeRange {
  serviceId: string;
  /** A part of it lies before the service's past is known: its first moment stands in. */
  assumed: boolean;
}

/**
 * When, within a range, which services count for a group: half-open spans,
 * sorted by service and time, touching ones joined.
 *
 * @remarks `then`: each deployment counts for whom the service belonged to when
 * it finished. Before the first moment recorded of a service that moment stands
 * in: the past of its ownership is not known, and nobody's is worse. `now`: the
 * whole range counts for whom it belongs to at its last moment. A team's
 * services are also those of the groups below it, as these are now: of groups no
 * past is kept. Removed services count `then` until they were removed, and not
 * `now`.
 *
 * @param options - `moments`: of any services, in any order; `parents`: by group, the groups it is a part of
 *
 * @public
 */
export function memberSpansOf(options: {
  group: DeliveryGroup;
  mode: MembershipMode;
  range: TimeRange;
  moments: Iterable<ServiceMoment>;
  parents?: ReadonlyMap<string, readonly string[]>;
}): MemberSpan[] {
  const { mode, range } = options;
  const belongs = belongsTo(options);
  const histories = new Map<string, ServiceMoment[]>();
  for (const moment of options.moments) {
    const known = histories.get(moment.serviceId);
    if (known) {
      known.push(moment);
    } else {
      histories.set(moment.serviceId, [moment]);
    }
  }
  const ids = [...histories.keys()].sort();
  return ids.flatMap(serviceId => {
    const history = (histories.get(serviceId) ?? []).sort(
      (a, b) => a.validFrom - b.validFrom,
    );
    if (mode === 'now') {
      const last = history[history.length - 1];
      return belongs(last) && range.from < range.to
        ? [{ serviceId, from: range.from, to: range.to, assumed: false }]
        : [];
    }
    return spansThen({ serviceId, history, range, belongs });
  });
}

/** Whether an instant lies in a span. @public */
export function isInSpan(span: TimeRange, at: number): boolean {
  return span.from <= at && at < span.to;
}

function spansThen(options: {
  serviceId: string;
  history: ServiceMoment[];
  range: TimeRange;
  belongs: (moment: ServiceMoment) => boolean;
}): MemberSpan[] {
  const { serviceId, history, range, belongs } = options;
  const spans: MemberSpan[] = [];
  history.forEach((moment, index) => {
    const isAssumed = index === 0 && range.from < moment.validFrom;
    const from = index === 0 ? -Infinity : moment.validFrom;
    const span = {
      from: Math.max(range.from, from),
      to: Math.min(range.to, moment.validTo ?? Infinity),
    };
    if (span.from >= span.to || !belongs(moment)) {
      return;
    }
    const last = spans[spans.length - 1];
    if (last?.to === span.from) {
      last.to = span.to;
    } else {
      spans.push({ serviceId, ...span, assumed: isAssumed });
    }
  });
  return spans;
}

function belongsTo(options: {
  group: DeliveryGroup;
  parents?: ReadonlyMap<string, readonly string[]>;
}): (moment: ServiceMoment) => boolean {
  const { grouping } = options.group;
  const ref = lower(options.group.ref);
  const owners =
    grouping === 'team'
      ? withDescendants(ref, options.parents ?? new Map())
      : new Set<string>();
  const is = (value: string | undefined) =>
    ref !== undefined && lower(value) === ref;
  return moment => {
    if (moment.removed) {
      return false;
    }
    switch (grouping) {
      case 'organisation':
        return true;
      case 'team':
        return owners.has(lower(moment.owner) ?? '');
      case 'system':
        return is(moment.system);
      case 'domain':
        return is(moment.domain);
      default:
        return is(moment.ref);
    }
  };
}

/** A group and all below it, however they are nested. */
function withDescendants(
  ref: string | undefined,
  parents: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const children = new Map<string, string[]>();
  for (const [child, above] of parents) {
    for (const parent of above) {
      const key = lower(parent) as string;
      children.set(key, [...(children.get(key) ?? []), lower(child) as string]);
    }
  }
  const found = new Set(ref === undefined ? [] : [ref]);
  for (const group of found) {
    (children.get(group) ?? []).forEach(child => found.add(child));
  }
  return found;
}

function lower(ref: string | undefined): string | undefined {
  return ref?.toLocaleLowerCase('en-US');
}
