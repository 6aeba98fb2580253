import type { News, Standing } from './Standing';
import type { Told } from './toldStore';

/** States that end something. */
export const OVER: ReadonlySet<string> = new Set([
  'resolved',
  'ok',
  'no traffic',
]);

/** Whether a state is of something that calls for people. */
export function isPressing(state: string): boolean {
  return !OVER.has(state) && state !== 'mitigated' && state !== 'unknown';
}

/**
 * What is news of a record after what was told of it last. Of what was not told
 * no end is news; of what was, every end is, whatever it has become in between.
 */
export function newsOf(
  standing: Standing,
  told: Pick<Told, 'state' | 'priority' | 'serviceIds'> | undefined,
): News | undefined {
  if (!told || OVER.has(told.state)) {
    return opening(standing, told?.state);
  }
  // It ended in a way that was no news: its definition was another then.
  const { before } = standing;
  return before?.state !== undefined && OVER.has(before.state)
    ? opening(standing, before.state) ?? newsOfTold(standing, told)
    : newsOfTold(standing, told);
}

/** Nobody knows of it, or only that it is over. */
function opening(
  standing: Standing,
  from: string | undefined,
): News | undefined {
  const { state: to, before, priority, serviceIds } = standing;
  if (!isPressing(to)) {
    return undefined;
  }
  const isOther =
    from !== undefined ||
    !before ||
    before.state !== to ||
    rankOf(priority) < rankOf(before.priority);
  const whom = isOther ? serviceIds : without(serviceIds, before.serviceIds);
  const was = from ?? (before?.state === to ? undefined : before?.state);
  return whom.length > 0 ? { from: was, to, serviceIds: whom } : undefined;
}

function newsOfTold(
  { state: to, priority, serviceIds }: Standing,
  told: Pick<Told, 'state' | 'priority' | 'serviceIds'>,
): News | undefined {
  const { state: from } = told;
  if (to === 'unknown') {
    return undefined;
  }
  if (to !== from) {
    const whom = isPressing(to) ? serviceIds : told.serviceIds;
    return { from, to, serviceIds: whom };
  }
  if (!isPressing(to)) {
    return undefined;
  }
  if (rankOf(priority) < rankOf(told.priority)) {
    return { from, to, serviceIds, roseFrom: told.priority };
  }
  const added = without(serviceIds, told.serviceIds);
  return added.length > 0 ? { to, serviceIds: added } : undefined;
}

/** 1 is the most pressing; what has no priority may be that. */
export function rankOf(priority: number | undefined): number {
  return priority ?? 1;
}

function without(all: string[], some: string[]): string[] {
  return all.filter(each => !some.includes(each));
}
