import { mkdir, rename } from 'fs/promises';
import { BareRepository } from '../git/BareRepository';
import type { StateFolder } from '../state/StateFolder';
import type { World } from '../world/World';

/**
 * The world's repositories on disk, brought up to its end. A new world's are
 * made aside and moved into place as a whole.
 */
export async function openRepositories(options: {
  state: StateFolder;
  world: World;
  isNew: boolean;
}): Promise<BareRepository[]> {
  const { state, world, isNew } = options;
  const models = [...world.state.repositories.values()];
  if (isNew) {
    // Whatever is there is what a creation that was cut off left.
    await state.clear();
    const partial = state.path('git.partial');
    await mkdir(partial, { recursive: true });
    for (const model of models) {
      await BareRepository.create({ folder: partial, model });
    }
    await rename(partial, state.gitDirectory);
  }
  const repositories: BareRepository[] = [];
  for (const model of models) {
    repositories.push(
      await BareRepository.open({ folder: state.gitDirectory, model }),
    );
  }
  return repositories;
}
