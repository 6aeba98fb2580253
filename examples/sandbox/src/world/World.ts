import { Random } from '../random/Random';
import { defaultServices } from './defaultServices';
import { createFlows, type Flows } from './Flows';
import { generatedServices } from './generatedServices';
import { foundWorld } from './initialState';
import type { Outage } from './outages/Outage';
import { outagesOf } from './outages/outagesOf';
import { planDay } from './planDay';
import type { Stimulus } from './records';
import { planStories } from './stories/planStories';
import { planSync } from './sync/planSync';
import { DAY, startOfDay } from './time';
import { makeWork } from './work';
import { WorldState } from './WorldState';

/** What a world is made from; the same gives the same world. @public */
export interface WorldOptions {
  seed: number;
  /** Epoch milliseconds; taken back to midnight UTC. */
  start: number;
  /** Epoch milliseconds: nothing after it has happened yet. */
  end: number;
  /** 12, the company's own, to 60 with generated ones. */
  services?: number;
  /** Deployments ordered live before, in order of time. */
  stimuli?: Stimulus[];
}

/**
 * The simulated company: the single truth of the sandbox. It is a discrete
 * simulation whose every event draws from a generator of its own, so that it
 * can be continued at any time and gives the same as if made in one go.
 *
 * @public
 */
export class World {
  readonly state: WorldState;
  readonly #flows: Flows;
  #end: number;
  #outages?: { end: number; list: Outage[] };

  private constructor(flows: Flows) {
    this.state = flows.world;
    this.#flows = flows;
    this.#end = this.state.start;
  }

  static create(options: WorldOptions): World {
    const start = startOfDay(options.start);
    const count = options.services ?? 12;
    const state = WorldState.create({
      seed: options.seed,
      start,
      specs: [...defaultServices(), ...generatedServices(count - 12)],
    });
    const world = new World(createFlows(state));
    state.queue.add({
      at: start,
      key: '!found',
      run: () => foundWorld(state),
    });
    planSync(world.#flows);
    planStories(world.#flows);
    world.#planDayAt(start);
    options.stimuli?.forEach(stimulus => world.stimulate(stimulus));
    world.advanceTo(options.end);
    return world;
  }

  get end(): number {
    return this.#end;
  }

  /** Every outage that has begun, oldest first, as far as it has come. */
  get outages(): Outage[] {
    const end = this.#end;
    if (this.#outages?.end !== end) {
      this.#outages = { end, list: outagesOf(this.state, end) };
    }
    return this.#outages.list;
  }

  /** Lets happen what is to happen until that instant, itself included. */
  advanceTo(end: number): void {
    const { queue } = this.state;
    while ((queue.nextAt ?? Infinity) <= end) {
      queue.take()!.run();
    }
    this.#end = Math.max(this.#end, end);
  }

  /** Orders a change that goes all the way to production; it must lie ahead. */
  stimulate(stimulus: Stimulus): void {
    const { world, code, pipeline } = this.#flows;
    const at = Math.floor(stimulus.at / 1000) * 1000;
    world.queue.add({
      at,
      key: `stimulus/${stimulus.id}`,
      run: () => {
        const { spec } = world.service(stimulus.service);
        const random = Random.create(world.seed, 'stimulus', stimulus.id);
        const issueNumber = world.next(spec.issues, 301);
        const { builds } = code.merge({
          spec,
          work: makeWork({ spec, random, issueNumber }),
          at,
          random,
          style: 'squash',
          buildSeconds: stimulus.tempoSeconds,
        });
        const { tempoSeconds, rollbackSeconds } = stimulus;
        for (const build of builds) {
          const isBroken =
            rollbackSeconds !== undefined && build.service === spec.name;
          if (isBroken) {
            build.isBroken = true;
            world.hurried.add(spec.name);
          }
          pipeline.express({
            build,
            tempoSeconds,
            at,
            ...(isBroken && { rollback: { seconds: rollbackSeconds, code } }),
          });
        }
      },
    });
  }

  #planDayAt(midnight: number): void {
    this.state.queue.add({
      at: midnight,
      // Before anything else of that day.
      key: '!plan',
      run: () => {
        planDay(this.#flows, midnight);
        this.#planDayAt(midnight + DAY);
      },
    });
  }
}
