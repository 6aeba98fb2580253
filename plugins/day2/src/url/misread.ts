import { TimelineKind } from '@day2/backstage-plugin-day2-common';
import { rangePresets } from '../time';
import {
  longestEnvironment,
  longestText,
  readPageState,
  sections,
} from './pageState';

/** Part of an address that says nothing Day 2 knows, and what was read there. */
export interface Misread {
  key: 'env' | 'range' | 'section' | 'kinds' | 'q' | 'open';
  /** As the address has it, cut to a length that can be shown. */
  value: string;
}

/** What an address asks for that is not understood; defaults stand in for it. */
export function misread(query: URLSearchParams): Misread[] {
  const state = readPageState(query);
  const found: Misread[] = [];
  const check = (
    key: Misread['key'],
    understood: (value: string) => boolean,
  ) => {
    const value = query.get(key);
    if (value && !understood(value)) {
      found.push({ key, value: cut(value) });
    }
  };
  check('env', value => value.length <= longestEnvironment);
  check('range', value =>
    value === 'custom'
      ? state.range.preset === 'custom'
      : rangePresets.some(preset => preset === value),
  );
  check('section', value => sections.some(section => section === value));
  check('kinds', value =>
    value.split(',').every(word => TimelineKind.safeParse(word).success),
  );
  check('q', value => value.length <= longestText);
  check('open', () => state.open !== undefined);
  return found;
}

function cut(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
