import type { Landing } from '../records';
import type { ServiceSpec } from '../ServiceSpec';
import { landingSyncs } from '../sync/landingSyncs';
import type { WorldState } from '../WorldState';

/** A version that ran on a target of production. */
export interface LiveSpan {
  landing: Landing;
  from: number;
  /** When another version took its place; absent while it runs. */
  to?: number;
}

/**
 * When each version really ran in production: where an Argo CD runs the target,
 * from the end of its sync, else from the commit or the post.
 */
export function liveTimes(state: WorldState, spec: ServiceSpec): LiveSpan[] {
  const landings = state.landings.filter(
    each => each.service === spec.name && each.environment === 'production',
  );
  const syncOf = landingSyncs(state, spec, landings);
  const last = new Map<string, LiveSpan>();
  const spans: LiveSpan[] = [];
  for (const landing of landings) {
    const from = liveAt(landing, syncOf(landing));
    if (from === undefined) {
      continue;
    }
    const span: LiveSpan = { landing, from };
    const target = landing.target ?? '';
    const before = last.get(target);
    if (before) {
      before.to = from;
    }
    last.set(target, span);
    spans.push(span);
  }
  return spans;
}

function liveAt(
  landing: Landing,
  sync: ReturnType<ReturnType<typeof landingSyncs>>,
): number | undefined {
  if (landing.rollout !== 'succeeded') {
    return undefined;
  }
  if (!sync) {
    return landing.at;
  }
  return sync.syncedAt === undefined ? undefined : Date.parse(sync.syncedAt);
}
