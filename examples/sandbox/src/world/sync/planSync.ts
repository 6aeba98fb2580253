import type { Flows } from '../Flows';
import { MINUTE } from '../time';

/** The controllers begin right after the GitOps repositories were imported. */
export function planSync({ world, sync, interference }: Flows): void {
  const at = world.start + 31 * MINUTE;
  world.queue.add({
    at,
    key: '~argocd/found',
    run: () => {
      sync.found(at);
      interference.planDay(world.start);
    },
  });
}
