import type { Setting, Slot } from '../delivery/DesiredState';
import { writerFor } from '../delivery/writerFor';
import { Random } from '../random/Random';
import { GitOpsCommits } from './GitOpsCommits';
import { type CommitIdentity, membersOf, people } from './people';
import type { ConfigurationChange } from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import type { WorldState } from './WorldState';

const memorySteps = ['256Mi', '384Mi', '512Mi', '768Mi', '1Gi'];
const cpuSteps = ['100m', '150m', '250m', '500m'];

/** Changes of settings that people make in the GitOps repositories. */
export class ConfigurationFlow {
  readonly #world: WorldState;
  readonly #gitOps: GitOpsCommits;

  private constructor(world: WorldState) {
    this.#world = world;
    this.#gitOps = GitOpsCommits.create({ world });
  }

  static create(options: { world: WorldState }): ConfigurationFlow {
    return new ConfigurationFlow(options.world);
  }

  /** Sets one setting of a service in an environment. */
  change(options: {
    spec: ServiceSpec;
    environment: EnvironmentName;
    /** All of the environment's where absent. */
    targets?: string[];
    setting: Setting;
    value: string;
    title: string;
    author: CommitIdentity;
    at: number;
    random: Random;
  }): ConfigurationChange {
    const { spec, environment, at, author, targets } = options;
    const slots = this.#slots(spec, environment).filter(
      slot => !targets || targets.includes(slot.target ?? ''),
    );
    const { repository, commit, fields } = this.#gitOps.setSetting({
      ...options,
      slots,
      message: options.title,
    });
    const change: ConfigurationChange = {
      service: spec.name,
      environment,
      targets: slots.flatMap(slot => slot.target ?? []),
      at,
      repository,
      sha: commit.sha,
      author: { name: author.name, email: author.email },
      title: commit.message.split('\n')[0],
      fields,
    };
    this.#world.configurationChanges.push(change);
    return change;
  }

  /** Something people change on an ordinary day; nothing where they cannot. */
  changeSomething(options: {
    spec: ServiceSpec;
    at: number;
    random: Random;
  }): void {
    const { spec, at, random } = options;
    const environment = random.pick([
      'production',
      'production',
      'staging',
      'development',
    ] as const);
    const slots = this.#slots(spec, environment);
    if (slots.length === 0) {
      return;
    }
    const onlyFirst = !spec.targetsTogether && random.chance(0.4);
    const slot = slots[0];
    const state = this.#world.desired(spec.name, slot);
    // The leak of search-api is a story of its own: nobody else touches memory.
    const offered = [
      'replicas',
      'cpu',
      'restartedAt',
      ...(spec.name === 'search-api' ? [] : ['memory']),
      ...Object.keys(state.config),
    ].filter(
      setting =>
        writerFor(spec)!.places({ spec, slot, state, setting }).length > 0,
    );
    if (offered.length === 0) {
      return;
    }
    const setting = random.pick(offered);
    const value = nextValue({ setting, state, random, at });
    const issue = random.chance(0.5)
      ? ` (${spec.issues}-${this.#world.next(spec.issues, 301)})`
      : '';
    this.change({
      spec,
      environment,
      targets: onlyFirst && slot.target ? [slot.target] : undefined,
      setting,
      value,
      title:
        setting === 'restartedAt'
          ? `Restart ${spec.name} in ${environment}${issue}`
          : `Set ${setting} of ${spec.name} to ${value} in ${environment}${issue}`,
      author: random.chance(0.25)
        ? people.dana
        : random.pick(membersOf(spec.team)),
      at,
      random,
    });
  }

  #slots(spec: ServiceSpec, environment: EnvironmentName): Slot[] {
    return (writerFor(spec)?.slots(spec) ?? []).filter(
      slot => slot.environment === environment,
    );
  }
}

function nextValue(options: {
  setting: Setting;
  state: {
    replicas: number;
    cpu: string;
    memory: string;
    config: Record<string, string>;
  };
  random: Random;
  at: number;
}): string {
  const { setting, state, random, at } = options;
  const other = (values: string[], now: string) =>
    random.pick(values.filter(value => value !== now));
  switch (setting) {
    case 'replicas':
      return `${
        state.replicas <= 2 || (state.replicas < 8 && random.chance(0.6))
          ? state.replicas + 1
          : state.replicas - 1
      }`;
    case 'cpu':
      return other(cpuSteps, state.cpu);
    case 'memory':
      return other(memorySteps, state.memory);
    case 'restartedAt':
      return new Date(at).toISOString();
    case 'LOG_LEVEL':
      return other(['debug', 'info', 'warn'], state.config.LOG_LEVEL);
    default:
      return other(
        ['50', '100', '200', '250', '500', '1000', '2000'],
        state.config[setting],
      );
  }
}
