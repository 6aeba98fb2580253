import type { Slot } from '../delivery/DesiredState';
import { writerFor } from '../delivery/writerFor';
import { Random } from '../random/Random';
import { GitOpsCommits } from './GitOpsCommits';
import { type CommitIdentity, membersOf, people } from './people';
import { postLanding } from './postLanding';
import type { Build, DeployReason, Landing } from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import { MINUTE, SECOND } from './time';
import type { ServiceState, WorldState } from './WorldState';

/** How a build is brought to an environment. */
export interface DeployOptions {
  service: string;
  environment: EnvironmentName;
  build: Build;
  at: number;
  reason?: DeployReason;
  /** Who asked for it; CI itself where absent. */
  by?: CommitIdentity;
  /** Pause between two targets; some minutes where absent. */
  targetPauseSeconds?: number;
}

/** Brings builds to environments, and back. */
export class DeliveryFlow {
  readonly #world: WorldState;
  readonly #gitOps: GitOpsCommits;

  private constructor(world: WorldState) {
    this.#world = world;
    this.#gitOps = GitOpsCommits.create({ world });
  }

  static create(options: { world: WorldState }): DeliveryFlow {
    return new DeliveryFlow(options.world);
  }

  /**
   * Deploys now, to further targets some minutes later. Answers when the last
   * target will be reached; undefined where there was nothing to do: an older
   * or the same build, a bad one, or a frozen day.
   */
  deploy(options: DeployOptions): number | undefined {
    const { environment, build, at, reason = 'promotion' } = options;
    const state = this.#world.service(options.service);
    const current = state.current[environment];
    const isForward = !current || build.order > current.order;
    const isProduction = environment === 'production';
    if (
      reason === 'promotion' &&
      (!isForward || build.bad || (isProduction && this.#world.isFrozen(at)))
    ) {
      return undefined;
    }
    state.current[environment] = build;
    const random = Random.create(
      this.#world.seed,
      'deploy',
      options.service,
      environment,
      build.order,
      reason,
      at,
    );
    const groups = this.#slotGroups(state.spec, environment);
    let when = at;
    groups.forEach((slots, i) => {
      if (i > 0) {
        const range: [number, number] =
          reason === 'rollback' ? [60, 240] : [4 * 60, 15 * 60];
        when +=
          (options.targetPauseSeconds ?? random.int(range[0], range[1])) *
          SECOND;
      }
      const landAt = when;
      const land = () =>
        this.#land({ ...options, state, slots, at: landAt, reason, random });
      if (i === 0) {
        land();
      } else {
        this.#world.queue.add({
          at: landAt,
          key: `target/${options.service}/${build.order}/${slots[0].target}`,
          run: land,
        });
      }
    });
    if (isProduction) {
      state.productionBusyUntil = when;
    }
    return when;
  }

  /**
   * A roll-out to the first production target that never went live; only what
   * is posted can tell of such a thing.
   */
  failToDeploy(options: { service: string; build: Build; at: number }): void {
    const { service, build, at } = options;
    const { spec } = this.#world.service(service);
    const [slot] = postedSlots(spec, 'production');
    const landing: Landing = {
      ...slot,
      service,
      build,
      at,
      startedAt: at - 5 * MINUTE,
      rollout: build.order % 3 === 0 ? 'cancelled' : 'failed',
      reason: 'promotion',
    };
    this.#world.landings.push(landing);
    postLanding({ world: this.#world, spec, landing });
  }

  /** Slots of an environment that one step reaches together. */
  #slotGroups(spec: ServiceSpec, environment: EnvironmentName): Slot[][] {
    const writer = writerFor(spec);
    const all = writer
      ? writer.slots(spec).filter(slot => slot.environment === environment)
      : postedSlots(spec, environment);
    return spec.targetsTogether ? [all] : all.map(slot => [slot]);
  }

  #land(options: {
    state: ServiceState;
    slots: Slot[];
    build: Build;
    at: number;
    reason: DeployReason;
    by?: CommitIdentity;
    random: Random;
  }): void {
    const { state, slots, build, at, reason, random } = options;
    const { spec } = state;
    const base = { service: spec.name, build, at, reason };
    if (!writerFor(spec)) {
      for (const slot of slots) {
        const landing: Landing = {
          ...base,
          ...slot,
          rollout: 'succeeded',
          startedAt: at - random.int(40, 200) * SECOND,
        };
        this.#world.landings.push(landing);
        postLanding({ world: this.#world, spec, landing, by: options.by });
      }
      return;
    }
    const environment = slots[0].environment;
    const before = this.#world.desired(spec.name, slots[0]).version;
    const isByPerson = reason === 'rollback' && options.by;
    const viaPullRequest =
      spec.delivery === 'helm' && environment === 'production' && !isByPerson;
    const { repository, commit } = this.#gitOps.setVersion({
      spec,
      slots,
      version: build.version,
      at,
      random,
      author: isByPerson ? options.by! : people.ci,
      mergedBy: viaPullRequest
        ? options.by ?? random.pick(membersOf(spec.team))
        : undefined,
      message: isByPerson
        ? this.#revertMessage(spec, slots, before)
        : bumpMessage({ ...options, spec }),
    });
    for (const slot of slots) {
      this.#world.landings.push({
        ...base,
        ...slot,
        rollout: 'succeeded',
        repository,
        sha: commit.sha,
      });
    }
  }

  #revertMessage(spec: ServiceSpec, slots: Slot[], bad: string): string {
    const [slot] = slots;
    const undone = this.#world.landings.findLast(
      l =>
        l.service === spec.name &&
        l.environment === slot.environment &&
        l.target === slot.target &&
        l.build.version === bad,
    );
    const commit =
      undone?.repository &&
      this.#world
        .repository(undone.repository, 'gitops')
        .find(undone.sha ?? '');
    const title = commit
      ? commit.message.split('\n')[0]
      : `${spec.name}: ${bad}`;
    return `Revert "${title}"\n\nThis reverts commit ${undone?.sha}.`;
  }
}

function postedSlots(spec: ServiceSpec, environment: EnvironmentName): Slot[] {
  return environment === 'production'
    ? spec.productionTargets.map(target => ({ environment, target }))
    : [{ environment, target: `${environment}-vm` }];
}

function bumpMessage(options: {
  spec: ServiceSpec;
  slots: Slot[];
  build: Build;
  reason: DeployReason;
  by?: CommitIdentity;
  at: number;
}): string {
  const { spec, slots, build, reason, by, at } = options;
  const targets = slots.map(s => s.target).filter(Boolean);
  const where =
    slots[0].environment + (targets.length ? ` (${targets.join(', ')})` : '');
  const prefix = reason === 'hotfix' ? 'hotfix: ' : '';
  const action =
    reason === 'rollback'
      ? `roll back to ${build.version} in ${where}`
      : `${build.version} to ${where}`;
  const trailers = [
    `Source-Commit: ${build.sha}`,
    `Pipeline: https://ci.tern.example/${spec.repository}/${
      1000 + Math.floor((at / MINUTE) % 90000)
    }`,
    ...(by ? [`Promoted-by: ${by.name} <${by.email}>`] : []),
  ];
  return `${prefix}${spec.name}: ${action}\n\n${trailers.join('\n')}`;
}
