import { join } from 'path';
import { testEnd } from '../__testUtils__/dates';
import { git } from '../__testUtils__/git';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { StateFolder } from '../state/StateFolder';
import { DAY, SECOND } from '../world/time';
import { truthOf } from '../world/truth';
import { World } from '../world/World';
import { Life } from './Life';
import { openRepositories } from './openRepositories';

describe('Life', () => {
  const folder = temporaryFolder();

  it('pushes deployments ordered live, which a restart finds again', async () => {
    const state = StateFolder.create({ stateDir: folder });
    const seed = { seed: 5, start: testEnd - 10 * DAY, services: 12 };
    const world = World.create({ ...seed, end: testEnd });
    const repositories = await openRepositories({ state, world, isNew: true });
    await state.writeSeed(seed);
    const before = world.state.landings.length;
    const said: string[] = [];
    let now = testEnd;
    const life = Life.create({
      world,
      state,
      repositories,
      now: () => now,
      paceSeconds: 60,
      onProgress: text => said.push(text),
    });
    while (now < testEnd + 600 * SECOND) {
      now += 2 * SECOND;
      await life.tick();
    }
    now -= 60 * SECOND;
    await life.tick();

    const stimuli = await state.readStimuli();
    expect(stimuli).toHaveLength(10);
    expect(world.state.landings.length - before).toBeGreaterThan(20);
    expect(said.some(text => / is in production/.test(text))).toBe(true);
    for (const model of world.state.repositories.values()) {
      expect(
        git(join(state.gitDirectory, `${model.name}.git`), 'rev-parse', 'main'),
      ).toBe(model.head!.sha);
    }

    const again = World.create({ ...seed, stimuli, end: world.end });
    expect(truthOf(again)).toEqual(truthOf(world));
    await expect(
      openRepositories({ state, world: again, isNew: false }),
    ).resolves.toHaveLength(repositories.length);
  }, 60_000);
});
