import {
  MembershipMode,
  ScoreboardGrouping,
} from '@day2/backstage-plugin-day2-common';
import { readOpen } from '../url';
import { boardPresets } from './boardRange';
import { readBoardState } from './boardState';
import { readFigure } from './figureRef';

/** Part of the scoreboard's address that says nothing it knows. */
export interface BoardMisread {
  key:
    | 'by'
    | 'range'
    | 'customRange'
    | 'zone'
    | 'env'
    | 'members'
    | 'compare'
    | 'open';
  /** As the address has it, cut to a length that can be shown. */
  value: string;
}

/** What the address asks of the scoreboard in vain; defaults stand in for it. */
export function boardMisread(
  query: URLSearchParams,
  /** As `readBoardState` takes them. */
  environments?: string[],
): BoardMisread[] {
  const state = readBoardState(query, environments);
  const found: BoardMisread[] = [];
  const check = (
    key: BoardMisread['key'],
    value: string | null,
    isUnderstood: (value: string) => boolean,
  ) => {
    if (value && !isUnderstood(value)) {
      found.push({ key, value: cut(value) });
    }
  };
  const range = query.get('range');
  if (range === 'custom') {
    const dates = [query.get('from'), query.get('to')].map(at => at || '…');
    check('customRange', dates.join(' – '), () => 'from' in state.range);
  } else {
    check('range', range, value => boardPresets.some(each => each === value));
  }
  check(
    'by',
    query.get('by'),
    value => ScoreboardGrouping.safeParse(value).success,
  );
  check('zone', query.get('zone'), value => value === state.zone);
  check('env', query.get('env'), value => value === state.environment);
  check(
    'members',
    query.get('members'),
    value => MembershipMode.safeParse(value).success,
  );
  check('compare', query.get('compare'), value => value === 'no');
  check('open', query.get('open'), value => {
    const open = readOpen(value);
    return open?.kind === 'figure'
      ? readFigure(query) !== undefined
      : open !== undefined;
  });
  return found;
}

function cut(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
