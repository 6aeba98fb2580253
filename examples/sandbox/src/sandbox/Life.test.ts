import { join } from 'path';
import { testEnd } from '../__testUtils__/dates';
import type { BareRepository } from '../git/BareRepository';
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

  it('makes a bad release part of the world, and a restart finds it again', async () => {
    const stateDir = join(folder, 'bad');
    const state = StateFolder.create({ stateDir });
    const seed = { seed: 5, start: testEnd - 4 * DAY, services: 12 };
    const world = World.create({ ...seed, end: testEnd });
    await state.write('world.json', '{}');
    let now = testEnd;
    const life = Life.create({
      world,
      state,
      repositories: [],
      now: () => now,
      paceSeconds: 86_400,
      onProgress: () => {},
    });
    const order = { service: 'label-printer', rollbackSeconds: 120 };
    const ordered = life.order(order);
    now += 2 * SECOND;
    await life.tick();
    const stimulus = await ordered;
    expect(stimulus).toMatchObject({ ...order, tempoSeconds: 4 });
    expect(stimulus.at).toBeGreaterThan(testEnd);
    while (now < testEnd + 600 * SECOND) {
      now += 2 * SECOND;
      await life.tick();
    }
    const outage = world.outages.find(o => o.cause && o.startedAt > testEnd)!;
    expect(outage.service).toBe('label-printer');
    expect(outage.mitigatedAt).toBeDefined();
    const stimuli = await state.readStimuli();
    expect(stimuli).toContainEqual(stimulus);
    const again = World.create({ ...seed, stimuli, end: world.end });
    expect(again.outages).toEqual(world.outages);
  }, 60_000);

  it('says once that it cannot go on, and once that it does again', async () => {
    jest.useFakeTimers({ now: testEnd });
    const seed = { seed: 5, start: testEnd - 2 * DAY, services: 12 };
    const sync = jest.fn(async () => {});
    const said: string[] = [];
    const life = Life.start({
      world: World.create({ ...seed, end: testEnd }),
      // Nothing is written: the clock of this test does not move a disk.
      state: { appendStimulus: async () => {} } as unknown as StateFolder,
      repositories: [{ sync } as unknown as BareRepository],
      now: Date.now,
      paceSeconds: 86_400,
      onProgress: text => said.push(text),
    });
    try {
      sync.mockRejectedValue(new Error('No space left on device'));
      await jest.advanceTimersByTimeAsync(8 * SECOND);
      const troubles = () => said.filter(text => /sandbox/.test(text));
      expect(troubles()).toEqual([
        'The sandbox cannot go on, and tries again every 30 seconds: No space left on device',
      ]);
      expect(sync).toHaveBeenCalledTimes(1);

      await jest.advanceTimersByTimeAsync(60 * SECOND);
      expect(sync).toHaveBeenCalledTimes(3);
      sync.mockResolvedValue(undefined);
      await jest.advanceTimersByTimeAsync(40 * SECOND);
      expect(troubles().slice(1)).toEqual(['The sandbox goes on again']);
      expect(sync.mock.calls.length).toBeGreaterThan(5);
    } finally {
      await life.stop();
      jest.useRealTimers();
    }
  });
});
