import {
  stateOfSeverity,
  UNOBSERVED_SEVERITY,
  type FleetState,
  type HealthState,
  type SyncState,
} from '@day2/backstage-plugin-day2-common';

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
  /** Epoch milliseconds that the detail speaks of. */
  at?: number;
  why?: string;
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
  const unobserved = worstFirst.find(each => each.unobserved)?.unobserved;
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
        : placesOf(open),
    at: open.length === 0 ? newest(synced) : sinceOf(state, unobserved),
    why: unobserved?.text,
    counts: [...counts].map(([word, n]) => ({ word, applications: n })),
  };
}

/** Since when it is unknown, where that is the worst of it. */
function sinceOf(
  state: FleetState['state'],
  unobserved: ShownApplication['unobserved'],
): number | undefined {
  return state === 'unknown' ? unobserved?.since : undefined;
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
function placesOf(open: (ShownApplication & { word: string })[]): string {
  const shown = open
    .slice(0, MAX_PLACES)
    .map(each => `${each.word} in ${placeOf(each)}`);
  const more = open.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
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
