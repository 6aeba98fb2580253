import { type Truth, truthOf } from './truth';
import { World, type WorldOptions } from './World';

/**
 * The world and what is true of it, with no file written and nothing served.
 *
 * @public
 */
export function createWorld(options: WorldOptions): {
  world: World;
  truth: Truth;
} {
  const world = World.create(options);
  return { world, truth: truthOf(world) };
}
