import type { WorldState } from '../WorldState';
import type { ApplicationState, Drift } from './ApplicationState';

/** Somebody changes live state by hand; the controller watches and sees it at once. */
export function beginDrift(options: {
  world: WorldState;
  app: ApplicationState;
  drift: Drift;
}): void {
  const { world, app, drift } = options;
  const { at, by, kind, field } = drift;
  app.drift = drift;
  app.sync = { status: 'OutOfSync', since: at };
  app.changedAt = at;
  world.driftEpisodes.push({
    application: app.plan.key,
    by,
    kind,
    field,
    from: at,
    selfHealed: false,
  });
}

/** Live state is what is desired again. */
export function endDrift(options: {
  world: WorldState;
  app: ApplicationState;
  at: number;
  selfHealed: boolean;
}): void {
  const { world, app, at, selfHealed } = options;
  if (!app.drift) {
    return;
  }
  app.drift = undefined;
  const episode = world.driftEpisodes.findLast(
    each => each.application === app.plan.key,
  )!;
  episode.to = at;
  episode.selfHealed = selfHealed;
}
