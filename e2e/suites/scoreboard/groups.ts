import type { ScoreboardGrouping } from '@day2/backstage-plugin-day2-common';
import type { Truth } from '@day2/sandbox';

/** Whose deliveries are summed, as the catalog of the company has it. */
export interface TrueGroup {
  grouping: ScoreboardGrouping;
  /** Entity ref; not of the organisation. */
  ref?: string;
  title: string;
  services: string[];
}

/** This repository's own component: the platform team's, and never deployed. */
const portal = { name: 'day2', title: 'Day 2 for Backstage' };

/** Teams with those above them, systems, services, and the organisation. */
export function groupsOf(truth: Truth): TrueGroup[] {
  const { services } = truth;
  const named = (is: (service: Truth['services'][number]) => boolean) =>
    services.filter(is).map(({ name }) => name);
  const team = (name: string, title: string, of: string[]): TrueGroup => ({
    grouping: 'team',
    ref: `group:default/${name}`,
    title,
    services: of,
  });
  const owned = [
    ['payments', 'Payments'],
    ['storefront', 'Storefront'],
    ['logistics', 'Logistics'],
  ] as const;
  return [
    ...owned.map(([name, title]) =>
      team(
        name,
        title,
        named(each => each.team === name),
      ),
    ),
    team('platform', 'Platform', [portal.name]),
    // The four of them are its parts; nobody's services belong to no part.
    team('engineering', 'Engineering', [
      ...named(each => each.team !== 'nobody'),
      portal.name,
    ]),
    team(
      'data-services',
      'data-services',
      named(each => each.team === 'nobody'),
    ),
    ...[...new Set(services.map(({ system }) => system))].map(
      (system): TrueGroup => ({
        grouping: 'system',
        ref: `system:default/${system}`,
        title: system,
        services: named(each => each.system === system),
      }),
    ),
    ...[...services.map(({ name }) => ({ name, title: name })), portal].map(
      ({ name, title }): TrueGroup => ({
        grouping: 'service',
        ref: `component:default/${name}`,
        title,
        services: [name],
      }),
    ),
    {
      grouping: 'organisation',
      title: 'All',
      services: [...named(() => true), portal.name],
    },
  ];
}
