import { objectHash } from '../../git/objectHash';
import type { WorldState } from '../WorldState';
import type { ApplicationPlan, ApplicationState } from './ApplicationState';

/** The chart's first version; later ones come as the world goes on. */
export const firstChartVersion = '4.10.1';

/** An application that was made just now, and has never been synced. */
export function createApplication(options: {
  world: WorldState;
  plan: ApplicationPlan;
  at: number;
}): ApplicationState {
  const { world, plan, at } = options;
  return {
    plan,
    uid: uuid(`${world.seed}/${world.start}/${plan.key}`),
    createdAt: at,
    automated: plan.automated,
    ...(plan.kind === 'chart' && { chartVersion: firstChartVersion }),
    ...(plan.kind === 'child' && { applied: applied(world, plan) }),
    dirty: false,
    sync: { status: 'OutOfSync', since: at },
    health: { status: 'Missing', at },
    driftUntil: 0,
    syncs: [],
    unchanged: new Set(),
    landings: { seen: 0, own: [] },
    comparedAt: at,
    changedAt: at,
    generation: 1,
  };
}

function applied(world: WorldState, plan: ApplicationPlan) {
  const { head } = world.repository(plan.repository!, 'gitops');
  const path = `applications/${plan.environment}/${plan.service}.yaml`;
  return { text: head!.tree.read(path) ?? '', revision: head!.sha };
}

function uuid(text: string): string {
  const hash = objectHash('blob', text);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
