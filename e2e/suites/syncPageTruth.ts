import assert from 'node:assert/strict';
import type { SyncStateTruth, Truth } from '@day2/sandbox';

/** A word of Day 2 for what is true of an application. */
export type TrueWord = 'synced' | NonNullable<SyncStateTruth['cause']>;

/** The applications of a service, as they are. */
export function statesOf(truth: Truth, service: string): SyncStateTruth[] {
  return truth.syncStates.filter(each => each.service === service);
}

/** What is true of it in Day 2's word. */
export function wordOf(state: SyncStateTruth): TrueWord {
  return state.cause ?? 'synced';
}

/** The first service of which some application is so. */
export function serviceOf(truth: Truth, word: TrueWord): string {
  const found = truth.services.find(({ name }) =>
    statesOf(truth, name).some(state => wordOf(state) === word),
  );
  assert.ok(found, `no service of the company has an application ${word}`);
  return found.name;
}

/** The fewest services, in their order, that have every word and health between them. */
export function servicesOfEachState(truth: Truth): string[] {
  const seen = new Set<string>();
  return truth.services.flatMap(({ name }) => {
    const kinds = statesOf(truth, name).map(state =>
      [wordOf(state), state.health, state.failing].join(),
    );
    const isNew = kinds.some(kind => !seen.has(kind));
    kinds.forEach(kind => seen.add(kind));
    return isNew ? [name] : [];
  });
}

/** An application in a line as the section's table is read. */
export function lineOf(state: SyncStateTruth): string {
  const { desiredRevision, syncedRevision } = state;
  return [
    `${state.environment} · ${state.target}`,
    state.name,
    title(wordOf(state)),
    state.failing ? 'last operation failed' : '',
    state.health,
    desiredRevision ? short(desiredRevision) : 'not known',
    desiredRevision === syncedRevision ? 'the same' : short(syncedRevision),
  ].join(' | ');
}

/** Which version runs where, a commit's hash cut as the page cuts it. */
export function versionLineOf(state: SyncStateTruth): string {
  const version = state.syncedVersion?.replace(
    /^([0-9a-f]{12})[0-9a-f]{28}$/,
    '$1',
  );
  return [`${state.environment} · ${state.target}`, version].join(' | ');
}

/** How many applications of a service there are of each word of its row in the fleet. */
export function fleetWordsOf(states: SyncStateTruth[]): string[] {
  const counts = new Map<string, number>();
  for (const state of states) {
    const word = fleetWordOf(state);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const open = [...counts].filter(([word]) => word !== 'synced');
  if (open.length === 0) {
    return ['synced'];
  }
  return open
    .map(([word, n]) => (states.length === 1 ? word : `${n} ${word}`))
    .sort();
}

/** The one word that matters most: what is synced may still be ill. */
function fleetWordOf({ cause, failing, health }: SyncStateTruth): string {
  if (failing) {
    return cause ? `${cause}, failing` : 'failed';
  }
  const ill = health.toLowerCase();
  if (
    ill === 'degraded' ||
    (!cause && ['missing', 'suspended'].includes(ill))
  ) {
    return ill;
  }
  if (!cause && ill === 'unknown') {
    return 'of unknown health';
  }
  return cause ?? 'synced';
}

function short(revision: string | undefined): string {
  return revision?.slice(0, 8) ?? '';
}

function title(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
