import { Random } from '../../random/Random';
import { membersOf, people } from '../people';
import type { WorldState } from '../WorldState';
import type { ApplicationState } from './ApplicationState';

/** Who syncs an application by hand, as Argo CD names them after single sign-on. */
export function userOf(
  world: WorldState,
  { plan }: ApplicationState,
  at: number,
): string {
  const team = plan.service && world.service(plan.service).spec.team;
  if (!team || team === 'nobody') {
    return 'admin';
  }
  const random = Random.create(world.seed, 'user', plan.key, at);
  return random.chance(0.15)
    ? people.dana.email
    : random.pick(membersOf(team)).email;
}
