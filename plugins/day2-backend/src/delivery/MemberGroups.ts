import {
  memberSpansOf,
  type MemberSpan,
  type MembershipMode,
  type ScoreboardGrouping,
  type ServiceMoment,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { Visibility } from '../permissions/VisibleServices';
import type { Groups } from './GroupDirectory';
import { GroupRefs, normalRef } from './GroupRefs';
import { byTitle, nameOf, type NamedGroup } from './namedGroup';
import type { ServicePast } from './serviceMoments';

/** Services that are summed: of a group, or of all. */
export interface Members {
  /** Of visible services, within the range. */
  spans: MemberSpan[];
  services: number;
  /** Services of it that the caller may not see. */
  hidden: number;
  assumed: boolean;
}

/** What decides which services count for which group. */
export interface MemberGroupsOptions {
  services: ServicePast[];
  groups: Groups;
  visible: Visibility;
  /** Groups the caller may read; absent: all. */
  readable?: ReadonlySet<string>;
  grouping: ScoreboardGrouping;
  mode: MembershipMode;
  /** Only while services are in this group, system or domain. */
  within?: string;
}

/**
 * Which services count for which group, and when, for one caller. A group that
 * they may not read, and that no service they may see names as its own, is as
 * if it were not there: what is above or below it would be told otherwise.
 */
export class MemberGroups {
  readonly #options: MemberGroupsOptions;
  readonly #isVisible: (serviceId: string) => boolean;
  readonly #refs: GroupRefs;
  /** What visible services say of themselves; absent where all may be read. */
  readonly #named: ReadonlySet<string> | undefined;
  /** Moments outside `within` are as if the service had been removed. */
  readonly #services: ServicePast[];

  private constructor(options: MemberGroupsOptions) {
    this.#options = options;
    const { visible, within } = options;
    const ids = new Set(visible.kind === 'some' ? visible.serviceIds : []);
    this.#isVisible = id => visible.kind === 'all' || ids.has(id);
    this.#refs = GroupRefs.create(options.groups);
    this.#named =
      options.readable &&
      namedBy(options.services.filter(({ id }) => this.#isVisible(id)));
    const isWithin = within === undefined ? undefined : this.#within(within);
    this.#services = isWithin
      ? options.services.map(service => ({
          ...service,
          moments: service.moments.map(moment =>
            isWithin(moment) ? moment : { ...moment, removed: true },
          ),
        }))
      : options.services;
  }

  /** @throws InputError where `within` is no ref of a group, system or domain */
  static create(options: MemberGroupsOptions): MemberGroups {
    return new MemberGroups(options);
  }

  /** Every service that there is may be summed. */
  get isAll(): boolean {
    const { visible, within } = this.#options;
    return visible.kind === 'all' && within === undefined;
  }

  /** Ids of the services that may be summed. */
  visibleIds(): string[] {
    return this.#services.flatMap(({ id, moments }) =>
      this.#isVisible(id) && moments.some(({ removed }) => !removed)
        ? [id]
        : [],
    );
  }

  /** Those that have a visible service in the range, by title. */
  named(range: TimeRange): NamedGroup[] {
    const { grouping, groups, readable } = this.#options;
    if (grouping === 'organisation') {
      return [];
    }
    const found = new Map<string, NamedGroup>();
    for (const service of this.#services) {
      if (!this.#isVisible(service.id)) {
        continue;
      }
      for (const moment of this.#counting(service, range)) {
        const [own, ...above] = this.#refs.of(moment, grouping);
        for (const ref of [own, ...above]) {
          // What a service says of itself is no secret of the group.
          const isKnown = ref === own || !readable || readable.has(ref ?? '');
          if (ref && isKnown && this.#isInside(ref)) {
            const title =
              grouping === 'service'
                ? service.title
                : (!readable || readable.has(ref)
                    ? groups.titles.get(ref)
                    : undefined) ?? nameOf(ref);
            found.set(ref, { ref, title });
          }
        }
      }
    }
    return [...found.values()].sort(byTitle);
  }

  /** The services of a group in a range. */
  of(ref: string | undefined, range: TimeRange): Members {
    const { grouping, mode, groups } = this.#options;
    const wanted = ref && normalRef(ref);
    if (wanted !== undefined && !this.#isKnown(wanted)) {
      return { spans: [], services: 0, hidden: 0, assumed: false };
    }
    const belongs =
      grouping === 'organisation'
        ? () => true
        : (moment: ServiceMoment) =>
            wanted !== undefined &&
            this.#refs.of(moment, grouping).includes(wanted);
    return this.#members(
      memberSpansOf({
        group: { grouping, ref: wanted },
        mode,
        range,
        moments: this.#services.flatMap(({ moments }) =>
          moments.some(belongs) ? moments : [],
        ),
        parents: groups.parents,
      }),
    );
  }

  /** All services, each once, whether a group of the grouping has them or not. */
  all(range: TimeRange): Members {
    return this.#everywhere(range, moment => moment);
  }

  /** Services that are in any group of the grouping, each once. */
  grouped(range: TimeRange): Members {
    const { grouping } = this.#options;
    return this.#everywhere(range, moment =>
      grouping === 'organisation' || this.#refs.of(moment, grouping).length > 0
        ? moment
        : { ...moment, removed: true },
    );
  }

  /** Instants at which a visible service may go from one group to another. */
  borders(): { serviceId: string; at: number }[] {
    return this.#options.mode === 'now'
      ? []
      : this.#services.flatMap(({ id, moments }) =>
          this.#isVisible(id)
            ? moments
                .flatMap(({ validFrom, validTo }) => [validFrom, validTo])
                .flatMap(at =>
                  at === undefined ? [] : [{ serviceId: id, at }],
                )
            : [],
        );
  }

  #everywhere(
    range: TimeRange,
    read: (moment: ServiceMoment) => ServiceMoment,
  ): Members {
    const { mode } = this.#options;
    return this.#members(
      memberSpansOf({
        group: { grouping: 'organisation' },
        mode,
        range,
        moments: this.#services.flatMap(({ moments }) => moments.map(read)),
      }),
    );
  }

  #members(spans: MemberSpan[]): Members {
    const ids = new Set(spans.map(({ serviceId }) => serviceId));
    const seen = spans.filter(({ serviceId }) => this.#isVisible(serviceId));
    const services = new Set(seen.map(({ serviceId }) => serviceId)).size;
    return {
      spans: seen,
      services,
      hidden: ids.size - services,
      assumed: seen.some(({ assumed }) => assumed),
    };
  }

  /** @throws InputError where it is no ref of a group, system or domain */
  #within(within: string): (moment: ServiceMoment) => boolean {
    const isWithin = this.#refs.within(within);
    return this.#isKnown(normalRef(within)) ? isWithin : () => false;
  }

  #isKnown(ref: string): boolean {
    const { readable } = this.#options;
    return !readable || readable.has(ref) || this.#named?.has(ref) === true;
  }

  /** Within a group are the groups below it, and not those it is a part of. */
  #isInside(ref: string): boolean {
    const { grouping, within } = this.#options;
    return (
      grouping !== 'team' ||
      within === undefined ||
      !/^(group|user):/i.test(within) ||
      this.#refs.isPartOf(ref, within)
    );
  }

  /** The moments of a service by which it counts in a range. */
  #counting(service: ServicePast, range: TimeRange): ServiceMoment[] {
    const { moments } = service;
    const counting =
      this.#options.mode === 'now'
        ? moments.slice(-1)
        : moments.filter(
            ({ validFrom, validTo }, at) =>
              (at === 0 || validFrom < range.to) &&
              (validTo === undefined || validTo > range.from),
          );
    return counting.filter(({ removed }) => !removed);
  }
}

/** What services say, or said, that they and what they belong to are. */
function namedBy(services: ServicePast[]): Set<string> {
  return new Set(
    services.flatMap(({ moments }) =>
      moments
        .filter(({ removed }) => !removed)
        .flatMap(({ ref, owner, system, domain }) =>
          [ref, owner, system, domain].flatMap(each =>
            each === undefined ? [] : [each.toLocaleLowerCase('en-US')],
          ),
        ),
    ),
  );
}
