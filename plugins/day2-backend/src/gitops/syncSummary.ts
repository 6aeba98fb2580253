import {
  stateOfSeverity,
  UNOBSERVED_SEVERITY,
  type FleetState,
  type HealthState,
  type SyncState,
  type UnobservedPlaces,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';

const MAX_PLACES = 3;

/** What of an application its service's tile and row say. */
export interface ShownApplication {
  name: string;
  environment?: string;
  target?: string;
  sync: SyncState;
  health: HealthState;
  failing: boolean;
  pruneOnly: boolean;
  severity: number;
  /** Epoch milliseconds. */
  syncedAt?: number;
  /** Id. */
  source: string;
  /** Why its word is not of now. */
  unobserved?: { text: string; since?: number };
}

/** The applications of a service in one state, the worst first. */
export interface SyncSummary {
  state: FleetState['state'];
  headline: string;
  detail?: string;
  /** Epoch milliseconds: where all are synced, when the last one was. */
  at?: number;
  /** Those whose word is not of now, by why. */
  unobserved?: UnobservedPlaces[];
  /** How many there are of each word, the worst first. */
  counts: { word: string; applications: number }[];
}

/** Sums applications; undefined where there is none. */
export function summarizeSync(
  applications: ShownApplication[],
): SyncSummary | undefined {
  if (applications.length === 0) {
    return undefined;
  }
  const worstFirst = applications
    .map(each => ({ ...each, rank: rankOf(each), word: wordOf(each) }))
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        compare(a.word, b.word) ||
        compare(placeOf(a), placeOf(b)),
    );
  const counts = new Map<string, number>();
  for (const { word } of worstFirst) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const [worst] = worstFirst;
  const state = stateOfSeverity(worst.rank);
  const open = worstFirst.filter(({ word }) => word !== 'synced');
  const told = open.filter(each => !each.unobserved);
  const unobserved = unobservedBy(open);
  const synced = worstFirst.flatMap(({ syncedAt }) => syncedAt ?? []);
  return {
    state,
    headline:
      open.length === 0
        ? 'Synced'
        : upper(
            [...counts]
              .filter(([word]) => word !== 'synced')
              .map(([word, n]) =>
                applications.length === 1 ? word : `${n} ${word}`,
              )
              .join(', '),
          ),
    detail:
      open.length === 0
        ? `${counted(applications.length)}, last synced`
        : wordsAndPlaces(told),
    at: open.length === 0 ? newest(synced) : undefined,
    unobserved: unobserved.length > 0 ? unobserved : undefined,
    counts: [...counts].map(([word, n]) => ({ word, applications: n })),
  };
}

/** One reason is said once, with all that it holds for: another's is no other's. */
function unobservedBy(open: ShownApplication[]): UnobservedPlaces[] {
  const byWhy = new Map<string, ShownApplication[]>();
  for (const each of open) {
    if (each.unobserved) {
      const { text } = each.unobserved;
      byWhy.set(text, [...(byWhy.get(text) ?? []), each]);
    }
  }
  return [...byWhy].map(([why, all]) => {
    const since = all.flatMap(each => each.unobserved?.since ?? []);
    return {
      where: firstOf(all.map(placeOf), ', '),
      why,
      since: since.length > 0 ? iso(Math.min(...since)) : undefined,
    };
  });
}

function rankOf(each: ShownApplication): number {
  return each.unobserved ? UNOBSERVED_SEVERITY : each.severity;
}

/** The one word that matters most: what is synced may still be ill. */
function wordOf(each: ShownApplication): string {
  if (each.unobserved) {
    return 'unknown';
  }
  const { sync, health, failing } = each;
  if (failing) {
    return sync === 'synced' ? 'failed' : `${wordOfSync(each)}, failing`;
  }
  if (sync === 'synced' && health === 'unknown') {
    return 'of unknown health';
  }
  return health === 'degraded' || (sync === 'synced' && isIll(health))
    ? health
    : wordOfSync(each);
}

function isIll(health: HealthState): boolean {
  return health === 'missing' || health === 'suspended';
}

function wordOfSync({ sync, pruneOnly }: ShownApplication): string {
  if (sync === 'out-of-sync') {
    return 'out of sync';
  }
  return pruneOnly ? 'pending removal' : sync;
}

/** Where the open ones are, e.g. `drifted in production eu-1`. */
function wordsAndPlaces(
  told: (ShownApplication & { word: string })[],
): string | undefined {
  return told.length === 0
    ? undefined
    : firstOf(
        told.map(each => `${each.word} in ${placeOf(each)}`),
        '; ',
      );
}

function firstOf(all: string[], separator: string): string {
  const shown = all.slice(0, MAX_PLACES);
  const more = all.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(separator);
}

function placeOf({ environment, target, name }: ShownApplication): string {
  return [environment, target].filter(Boolean).join(' ') || name;
}

function counted(applications: number): string {
  return `${applications} application${applications === 1 ? '' : 's'}`;
}

function newest(instants: number[]): number | undefined {
  return instants.length > 0 ? Math.max(...instants) : undefined;
}

function upper(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase('en') + text.slice(1);
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
