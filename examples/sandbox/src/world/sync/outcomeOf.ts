import { Random } from '../../random/Random';
import { SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { ApplicationState, Inputs } from './ApplicationState';

/** How a sync goes, and what becomes of what it put live. */
export interface SyncOutcome {
  seconds: number;
  /** Why it fails; absent where it succeeds. */
  failure?: string;
  /** Whether trying again helps. */
  isTransient: boolean;
  /** Seconds from the sync's end until it is healthy; absent where it never is. */
  healthySeconds?: number;
  /** Seconds until it is degraded. */
  degradedSeconds?: number;
}

const webhook =
  'one or more objects failed to apply, reason: Internal error occurred: failed calling webhook "validate.policies.tern.example": context deadline exceeded';
const migration =
  'one or more synchronization tasks completed unsuccessfully, reason: Job has reached the specified backoff limit';

/**
 * Decides how a sync goes. A release that is going to be rolled back in
 * production is seen to be bad there, in one of three ways; on each cluster in
 * the same one.
 */
export function outcomeOf(options: {
  world: WorldState;
  app: ApplicationState;
  inputs: Inputs;
  at: number;
}): SyncOutcome {
  const { world, app, inputs, at } = options;
  const { plan, live } = app;
  const random = Random.create(world.seed, 'sync', plan.key, at);
  const outcome: SyncOutcome = {
    seconds: random.int(4, 25),
    isTransient: false,
    healthySeconds: random.int(20, 150),
  };
  const build = inputs.landing?.build;
  const isMoved = build !== live?.landing?.build;
  if (plan.environment === 'production' && build && isMoved) {
    if (build.isBroken) {
      return { ...outcome, seconds: 5, degradedSeconds: 100 };
    }
    if (build.degradesLater) {
      return { ...outcome, degradedSeconds: 20 * 60 };
    }
    if (build.bad) {
      const way = Random.create(
        world.seed,
        'bad',
        build.service,
        build.order,
      ).next();
      if (way < 0.25) {
        return { ...outcome, failure: migration };
      }
      return way < 0.6
        ? { ...outcome, healthySeconds: undefined, degradedSeconds: 10 * 60 }
        : { ...outcome, degradedSeconds: random.int(3 * 60, 14 * 60) };
    }
  }
  // What somebody has ordered goes as it is told, and not by a hiccup otherwise.
  const isOrdered = world.hurried.has(plan.service ?? '');
  if (live && plan.service && !isOrdered && random.chance(0.03)) {
    return {
      ...outcome,
      seconds: 30,
      failure: webhook,
      isTransient: true,
    };
  }
  return outcome;
}

/** Seconds after which somebody who syncs by hand does so. */
export function personDelay(options: {
  world: WorldState;
  app: ApplicationState;
  at: number;
}): number {
  const { world, app, at } = options;
  if (world.hurried.has(app.plan.service ?? '')) {
    return 5 * SECOND;
  }
  const random = Random.create(world.seed, 'person', app.plan.key, at);
  const reason = app.wanted?.landing?.reason;
  if (reason === 'rollback' || reason === 'hotfix') {
    return random.int(30, 150) * SECOND;
  }
  return random.chance(0.75)
    ? random.int(2 * 60, 25 * 60) * SECOND
    : random.int(30 * 60, 150 * 60) * SECOND;
}
