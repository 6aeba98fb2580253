import type { BareRepository } from '../git/BareRepository';
import type { WebhookSender } from '../pagerduty/WebhookSender';
import type { Poster } from '../poster/Poster';
import { Random } from '../random/Random';
import type { StateFolder } from '../state/StateFolder';
import type { Stimulus } from '../world/records';
import type { World } from '../world/World';

/** How often what has become due is pushed. */
const tickMs = 2_000;
/** As where the disk is full: each attempt leaves remains of git's behind. */
const retryMs = 30_000;

interface LifeOptions {
  world: World;
  state: StateFolder;
  repositories: BareRepository[];
  poster?: Poster;
  webhooks?: WebhookSender;
  now: () => number;
  /** Seconds between two deployments ordered. */
  paceSeconds: number;
  onProgress: (text: string) => void;
}

/** A bad release that somebody wants to see. @public */
export interface ReleaseOrder {
  service: string;
  /** How long after it is in production it is rolled back. */
  rollbackSeconds: number;
}

/** Seconds between the steps of a bad release: it is not waited for. */
const hurriedTempo = 4;

/**
 * Lets the world go on with the clock, and orders a deployment every few
 * minutes, so that there is something to see.
 */
export class Life {
  readonly #options: LifeOptions;
  readonly #asked: Array<{
    order: ReleaseOrder;
    answer: (stimulus: Stimulus) => void;
    fail: (error: Error) => void;
  }> = [];
  #nextOrderAt: number;
  #timer?: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  private constructor(options: LifeOptions) {
    this.#options = options;
    this.#nextOrderAt =
      options.now() + 1000 * Math.min(10, options.paceSeconds);
  }

  static create(options: LifeOptions): Life {
    return new Life(options);
  }

  static start(options: LifeOptions): Life {
    const life = new Life(options);
    life.#schedule();
    return life;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Orders a bad release; answers when it has become part of the world. */
  order(order: ReleaseOrder): Promise<Stimulus> {
    return new Promise((answer, fail) => {
      this.#asked.push({ order, answer, fail });
    });
  }

  /** Does what has become due by now. */
  async tick(): Promise<void> {
    const { world, repositories, poster, webhooks, now, onProgress } =
      this.#options;
    const at = now();
    // The machine's clock may be set back: the world waits for it.
    if (at <= world.end) {
      return;
    }
    if (at >= this.#nextOrderAt) {
      this.#nextOrderAt = at + this.#options.paceSeconds * 1000;
      await this.#orderSomething();
    }
    for (const { order, answer, fail } of this.#asked.splice(0)) {
      const stimulus = { ...order, tempoSeconds: hurriedTempo };
      await this.#stimulate('bad', stimulus).then(answer, fail);
    }
    const before = world.state.landings.length;
    world.advanceTo(at);
    for (const repository of repositories) {
      await repository.sync();
    }
    poster?.notify();
    webhooks?.notify();
    for (const landing of world.state.landings.slice(before)) {
      const target = landing.target ? ` (${landing.target})` : '';
      onProgress(
        `${landing.service} ${landing.build.version} is in ${landing.environment}${target}`,
      );
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(
      () => {
        this.#running = this.#attempt().then(() => {
          if (!this.#stopped) {
            this.#schedule();
          }
        });
      },
      this.#failing ? retryMs : tickMs,
    );
  }

  /** Trouble is told when it begins and when it is over. */
  async #attempt(): Promise<void> {
    const { onProgress } = this.#options;
    try {
      await this.tick();
      if (this.#failing) {
        onProgress('The sandbox goes on again');
      }
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        onProgress(
          `The sandbox cannot go on, and tries again every ${
            retryMs / 1000
          } seconds: ${(error as Error).message}`,
        );
      }
      this.#failing = true;
    }
  }

  async #orderSomething(): Promise<void> {
    const { world, paceSeconds } = this.#options;
    const random = Random.create(world.state.seed, 'order', this.#nextSecond());
    const candidates = world.state
      .specs()
      .filter(spec => spec.team !== 'nobody');
    await this.#stimulate('live', {
      service: random.pick(candidates).name,
      tempoSeconds: Math.max(1, Math.min(45, Math.floor(paceSeconds / 4))),
    });
  }

  async #stimulate(
    kind: string,
    what: Omit<Stimulus, 'id' | 'at'>,
  ): Promise<Stimulus> {
    const { world, state } = this.#options;
    const at = this.#nextSecond();
    const stimulus = { id: `${kind}-${at}`, at, ...what };
    await state.appendStimulus(stimulus);
    world.stimulate(stimulus);
    return stimulus;
  }

  /** Whole seconds, and ahead of everything that has already happened. */
  #nextSecond(): number {
    return Math.ceil((this.#options.world.end + 1) / 1000) * 1000;
  }
}
