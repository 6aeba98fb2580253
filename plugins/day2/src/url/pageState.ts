import { TimelineKind } from '@day2/backstage-plugin-day2-common';
import {
  customRange,
  defaultRange,
  rangePresets,
  type RangeChoice,
  type RangePreset,
} from '../time';

// What the API takes; a longer value would make every part of the page fail.
export const longestText = 100;
export const longestEnvironment = 100;
const longestId = 200;

/** The sections of a service's tab. Later domains add theirs. */
export const sections = [
  'timeline',
  'sync',
  'objectives',
  'incidents',
  'changes',
  'delivery',
] as const;
export type Section = (typeof sections)[number];

/** The record whose drawer is open. */
export interface OpenRecord {
  kind:
    | 'deployment'
    | 'change'
    | 'incident'
    | 'quarantine'
    | 'application'
    | 'figure';
  id: string;
}

/** What the URL holds, so that a link shows a colleague the same thing. */
export interface PageState {
  /** Absent: the one the backend shows first. */
  environment?: string;
  range: RangeChoice;
  section: Section;
  /** Empty: all. */
  kinds: TimelineKind[];
  text: string;
  open?: OpenRecord;
}

/** Reads the state; whatever is not understood falls back to its default. */
export function readPageState(query: URLSearchParams): PageState {
  const section = query.get('section') as Section;
  return {
    environment: readEnvironment(query.get('env') ?? ''),
    range: readRange(query),
    section: sections.includes(section) ? section : 'timeline',
    kinds: (query.get('kinds') ?? '')
      .split(',')
      .flatMap(word => TimelineKind.safeParse(word).data ?? []),
    text: readText(query),
    open: readOpen(query.get('open') ?? ''),
  };
}

/** The query with the state written into it; what is not ours stays. */
export function writePageState(
  query: URLSearchParams,
  patch: Partial<PageState>,
): URLSearchParams {
  const state = { ...readPageState(query), ...patch };
  const { range } = state;
  const custom = range.preset === 'custom' ? range : undefined;
  const values: Record<string, string | undefined> = {
    env: state.environment,
    range: range.preset === '14d' ? undefined : range.preset,
    from: custom?.from,
    to: custom?.to,
    section: state.section === 'timeline' ? undefined : state.section,
    kinds: state.kinds.join(',') || undefined,
    q: state.text || undefined,
    open: state.open ? `${state.open.kind}:${state.open.id}` : undefined,
  };
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) {
      next.delete(key);
    } else {
      next.set(key, value);
    }
  }
  return next;
}

/** Words to look for, cut to what the API takes. */
export function readText(query: URLSearchParams): string {
  return (query.get('q') ?? '').slice(0, longestText);
}

function readEnvironment(word: string): string | undefined {
  return word !== '' && word.length <= longestEnvironment ? word : undefined;
}

function readRange(query: URLSearchParams): RangeChoice {
  const word = query.get('range');
  if (word === 'custom') {
    return (
      customRange({
        from: query.get('from') ?? '',
        to: query.get('to') ?? '',
      }) ?? defaultRange
    );
  }
  return rangePresets.includes(word as RangePreset)
    ? { preset: word as RangePreset }
    : defaultRange;
}

/** The record that `open=` names. */
export function readOpen(word: string): OpenRecord | undefined {
  const match =
    /^(deployment|change|incident|quarantine|application|figure):(.+)$/.exec(
      word,
    );
  return match && match[2].length <= longestId
    ? { kind: match[1] as OpenRecord['kind'], id: match[2] }
    : undefined;
}
