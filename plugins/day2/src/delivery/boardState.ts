import {
  DeliveryRole,
  MembershipMode,
  ScoreboardGrouping,
} from '@day2/backstage-plugin-day2-common';
import { IANAZone } from 'luxon';
import { readBoardRange, type BoardRange } from './boardRange';

/** What of delivery is looked at: the query of each of its routes. */
export interface BoardQuery {
  range: BoardRange;
  zone: string;
  environment?: string;
  membership: MembershipMode;
  compare: boolean;
}

/** What the address of the scoreboard holds. */
export interface BoardState extends BoardQuery {
  grouping: ScoreboardGrouping;
  /** The group whose services are shown. */
  expanded?: string;
}

/** The zone of the reader's clock. */
export function readerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Reads the state; whatever is not understood falls back to its default. */
export function readBoardState(
  query: URLSearchParams,
  /** Names of those that are configured; absent: any may be. */
  environments?: string[],
): BoardState {
  const zone = query.get('zone') ?? '';
  const environment = query.get('env')?.slice(0, 100) || undefined;
  return {
    grouping: ScoreboardGrouping.safeParse(query.get('by')).data ?? 'team',
    range: readBoardRange(query),
    zone: zone === 'UTC' || IANAZone.isValidZone(zone) ? zone : readerZone(),
    environment:
      environment && environments?.includes(environment) === false
        ? undefined
        : environment,
    membership: MembershipMode.safeParse(query.get('members')).data ?? 'then',
    compare: readCompare(query),
    expanded: query.get('expand') || undefined,
  };
}

/** Whether figures are compared with the period before. */
export function readCompare(query: URLSearchParams): boolean {
  return query.get('compare') !== 'no';
}

/** The role that the rows behind a figure are filtered by, if one is named. */
export function readRole(
  query: URLSearchParams,
): DeliveryRole | 'all' | undefined {
  const word = query.get('role');
  return word === 'all' ? word : DeliveryRole.safeParse(word).data;
}
