import { Random } from '../random/Random';
import type { CodeFlow } from './CodeFlow';
import type { DeliveryFlow } from './DeliveryFlow';
import { membersOf, people } from './people';
import type { Build } from './records';
import { MINUTE, SECOND } from './time';
import type { ServiceState, WorldState } from './WorldState';

/** A build's way through the environments, as CI drives it. */
export class Pipeline {
  readonly #world: WorldState;
  readonly #delivery: DeliveryFlow;

  private constructor(world: WorldState, delivery: DeliveryFlow) {
    this.#world = world;
    this.#delivery = delivery;
  }

  static create(options: {
    world: WorldState;
    delivery: DeliveryFlow;
  }): Pipeline {
    return new Pipeline(options.world, options.delivery);
  }

  /** An image is ready: to development at once, to staging a while later. */
  onBuild(build: Build): void {
    const { service } = build;
    const random = Random.create(
      this.#world.seed,
      'promote',
      service,
      build.order,
    );
    const at = build.readyAt;
    this.#delivery.deploy({ service, environment: 'development', build, at });
    if (build.urgent) {
      return;
    }
    if (random.chance(0.82)) {
      const later = at + random.int(15 * 60, 70 * 60) * SECOND;
      this.#world.queue.add({
        at: later,
        key: `staging/${service}/${build.order}`,
        run: () => {
          this.#delivery.deploy({
            service,
            environment: 'staging',
            build,
            at: later,
          });
        },
      });
    }
  }

  /** Someone promotes what staging holds to production, if there is a reason to. */
  release(options: {
    service: string;
    at: number;
    random: Random;
    code: CodeFlow;
  }): void {
    const { service, at, random } = options;
    const state = this.#world.service(service);
    const build = state.current.staging;
    const previous = state.current.production;
    if (
      !build ||
      at < state.productionBusyUntil + 45 * MINUTE ||
      (previous && build.order <= previous.order) ||
      build.bad ||
      this.#world.isFrozen(at)
    ) {
      return;
    }
    const isOrphaned = state.spec.team === 'nobody';
    const by = isOrphaned ? undefined : random.pick(membersOf(state.spec.team));
    const deploy = (when: number) =>
      this.#delivery.deploy({
        service,
        environment: 'production',
        build,
        at: when,
        by,
      });
    if (state.spec.delivery === 'posted' && random.chance(0.12)) {
      this.#delivery.failToDeploy({ service, build, at });
      const retry = at + 40 * MINUTE;
      state.productionBusyUntil = retry;
      this.#world.queue.add({
        at: retry,
        key: `retry/${service}/${build.order}`,
        run: () => deploy(retry),
      });
      return;
    }
    const done = deploy(at);
    if (done !== undefined && previous && !isOrphaned && random.chance(0.035)) {
      const seen = done + random.int(15, 90) * MINUTE;
      this.rollBack({ ...options, build, previous, at: seen });
    }
  }

  /** Plans the way back from a bad build: production first, the code after. */
  rollBack(options: {
    service: string;
    build: Build;
    previous: Build;
    at: number;
    random: Random;
    code: CodeFlow;
  }): void {
    const { service, build, previous, at, random, code } = options;
    const state = this.#world.service(service);
    const by = random.chance(0.6)
      ? random.pick(membersOf(state.spec.team))
      : undefined;
    build.bad = true;
    state.productionBusyUntil = at;
    this.#world.queue.add({
      at,
      key: `rollback/${service}/${build.order}`,
      run: () => {
        this.#delivery.deploy({
          service,
          environment: 'production',
          build: previous,
          at,
          reason: 'rollback',
          by,
          ...(build.isBroken && { targetPauseSeconds: 5 }),
        });
      },
    });
    const later = at + random.int(40, 150) * MINUTE;
    this.#world.queue.add({
      at: later,
      key: `undo/${service}/${build.order}`,
      run: () => this.#undo({ state, build, at: later, random, code }),
    });
  }

  /**
   * A build ordered live goes all the way, a pause between its steps; a bad one
   * is rolled back so long after it is in production.
   */
  express(options: {
    build: Build;
    tempoSeconds: number;
    at: number;
    rollback?: { seconds: number; code: CodeFlow };
  }): void {
    const { build, tempoSeconds, at, rollback } = options;
    const { service } = build;
    const state = this.#world.service(service);
    const step = (n: number, run: (when: number) => void) => {
      const when = at + n * tempoSeconds * SECOND;
      this.#world.queue.add({
        at: when,
        key: `express/${service}/${build.order}/${n}`,
        run: () => run(when),
      });
    };
    step(2, when => {
      this.#delivery.deploy({
        service,
        environment: 'staging',
        build,
        at: when,
      });
    });
    step(3, when => {
      if (when <= state.productionBusyUntil && !build.isBroken) {
        return;
      }
      const previous = state.current.production;
      const done = this.#delivery.deploy({
        service,
        environment: 'production',
        build,
        at: when,
        by: people.dana,
        targetPauseSeconds: tempoSeconds,
      });
      if (rollback && done !== undefined && previous) {
        const random = Random.create(
          this.#world.seed,
          'broken',
          service,
          build.order,
        );
        const back = done + rollback.seconds * SECOND;
        const { code } = rollback;
        this.rollBack({ service, build, previous, at: back, random, code });
      }
    });
  }

  #undo(options: {
    state: ServiceState;
    build: Build;
    at: number;
    random: Random;
    code: CodeFlow;
  }): void {
    const { state, build, at, random, code } = options;
    const repository = this.#world.repository(
      state.spec.repository,
      'application',
    );
    const commit = repository.find(build.sha)!;
    const isUntouched = [...commit.changes.keys()].every(
      path => repository.read(path) === commit.tree.read(path),
    );
    // Where others have built on it, people fix forward instead.
    if (isUntouched && commit.parents.length > 0) {
      const author = random.pick(membersOf(state.spec.team));
      code.revert({ spec: state.spec, commit, author, at, random });
    }
  }
}
