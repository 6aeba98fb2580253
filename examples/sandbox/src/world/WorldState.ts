import type { DesiredState, Slot } from '../delivery/DesiredState';
import { ModelRepository } from '../git/ModelRepository';
import { EventQueue } from './EventQueue';
import type {
  Build,
  ConfigurationChange,
  DesiredMove,
  Landing,
  Post,
  Story,
} from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import type { ApplicationState, DriftEpisode } from './sync/ApplicationState';
import { DAY, startOfDay } from './time';

/** What changes about one service as the world goes on. */
export interface ServiceState {
  spec: ServiceSpec;
  semver: [number, number, number];
  builds: Build[];
  current: Partial<Record<EnvironmentName, Build>>;
  desired: Map<string, DesiredState>;
  lastReadyAt: number;
  /** Until then the last roll-out to production is still going on. */
  productionBusyUntil: number;
}

/**
 * Everything the world holds at one instant: repositories, services, what has
 * happened and what is planned. The flows change it; nothing else does.
 */
export class WorldState {
  readonly seed: number;
  readonly start: number;
  readonly queue = new EventQueue();
  readonly repositories = new Map<string, ModelRepository>();
  readonly services = new Map<string, ServiceState>();
  readonly landings: Landing[] = [];
  readonly configurationChanges: ConfigurationChange[] = [];
  readonly posts: Post[] = [];
  readonly stories: Story[] = [];
  /** Days (midnights) on which nothing may go to production. */
  readonly frozenDays = new Set<number>();
  /** `service@midnight`: days whose events a story writes alone. */
  readonly quietDays = new Set<string>();
  /** Services of whose commits the Argo CDs are told at once, and people look at. */
  readonly hurried = new Set<string>();
  /** By their keys: what the Argo CDs hold. */
  readonly applications = new Map<string, ApplicationState>();
  readonly driftEpisodes: DriftEpisode[] = [];
  readonly #desiredListeners: Array<(move: DesiredMove) => void> = [];
  readonly #counters = new Map<string, number>();

  private constructor(options: {
    seed: number;
    start: number;
    specs: ServiceSpec[];
  }) {
    this.seed = options.seed;
    this.start = options.start;
    for (const spec of options.specs) {
      this.services.set(spec.name, {
        spec,
        semver: [...spec.version],
        builds: [],
        current: {},
        desired: new Map(),
        lastReadyAt: 0,
        productionBusyUntil: 0,
      });
    }
  }

  static create(options: {
    seed: number;
    start: number;
    specs: ServiceSpec[];
  }): WorldState {
    return new WorldState(options);
  }

  repository(name: string, role: 'application' | 'gitops'): ModelRepository {
    let repository = this.repositories.get(name);
    if (!repository) {
      repository = ModelRepository.create({ name, role });
      this.repositories.set(name, repository);
    }
    return repository;
  }

  service(name: string): ServiceState {
    const state = this.services.get(name);
    if (!state) {
      throw new Error(`No service ${name} in this world`);
    }
    return state;
  }

  specs(): ServiceSpec[] {
    return [...this.services.values()].map(s => s.spec);
  }

  /** The next number of a sequence such as a repository's pull requests. */
  next(sequence: string, first = 1): number {
    const number = this.#counters.get(sequence) ?? first;
    this.#counters.set(sequence, number + 1);
    return number;
  }

  /** Told of each commit of desired state. */
  onDesired(listener: (move: DesiredMove) => void): void {
    this.#desiredListeners.push(listener);
  }

  tellDesired(move: DesiredMove): void {
    this.#desiredListeners.forEach(listener => listener(move));
  }

  dayIndex(at: number): number {
    return Math.floor((at - this.start) / DAY);
  }

  isFrozen(at: number): boolean {
    return this.frozenDays.has(startOfDay(at));
  }

  isQuiet(service: string, at: number): boolean {
    return this.quietDays.has(`${service}@${startOfDay(at)}`);
  }

  desired(service: string, slot: Slot): DesiredState {
    return this.service(service).desired.get(slotKey(slot))!;
  }

  setDesired(service: string, slot: Slot, state: DesiredState): void {
    this.service(service).desired.set(slotKey(slot), state);
  }
}

function slotKey(slot: Slot): string {
  return `${slot.environment}/${slot.target ?? ''}`;
}
