import type { WorldState } from '../WorldState';
import type { ApplicationState } from './ApplicationState';

/** Queues something that is to happen to an application. */
export function planStep(options: {
  world: WorldState;
  app: ApplicationState;
  at: number;
  step: string;
  run: (at: number) => void;
}): void {
  const { world, app, at, step, run } = options;
  // After everything else of that instant, so that it sees the commits of it.
  const key = `~argocd/${app.plan.key}/${step}`;
  world.queue.add({ at, key, run: () => run(at) });
}
