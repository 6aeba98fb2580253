import { deriveSequence, type SequenceObservation } from '../../deployments';
import { cellOf, isEmptyCell, type DeliveryCell } from '../cell';
import { deliveriesOf } from '../deliveriesOf';
import type { DeliveredCommit, Delivery } from '../delivery';
import { dirtyDaysOf } from '../dirtyDays';
import { packSeconds, unpackSeconds } from '../packSeconds';
import { utcDayOf } from '../range';
import { DAY, HOUR, shaOf } from './story';

/** What a source said, and what the service's repository says it carried. */
interface Told {
  serviceId: string;
  environment: string;
  observation: SequenceObservation;
  /** It is of two images. */
  twofold: boolean;
  commits: DeliveredCommit[];
  complete: boolean;
}

type KeptCell = Omit<
  DeliveryCell,
  'leadSeconds' | 'recoverySeconds' | 'quarters'
> & { packed: Uint8Array[] };

const ENVIRONMENTS = ['production', 'production', 'prod-eu', 'staging', 'odd'];

/**
 * A past that goes on changing: deployments come late, are removed, belong to
 * another service after all, and are corrected. Rows and cells are kept as the
 * hub keeps them: only the cells of dirty days are made again, from rows.
 */
export class History {
  readonly #random: () => number;
  readonly #start: number;
  readonly #told = new Map<string, Told>();
  /** By `service environment`. */
  readonly rows = new Map<string, Delivery[]>();
  /** By `service environment day`. */
  readonly #cells = new Map<string, KeptCell>();
  made = 0;

  constructor(options: { random: () => number; start: number }) {
    this.#random = options.random;
    this.#start = options.start;
  }

  step(): void {
    const keys = [...this.#told.keys()];
    const key = keys[this.#upTo(keys.length)];
    const told = key === undefined ? undefined : this.#told.get(key);
    const dice = this.#random();
    if (!told || dice < 0.55) {
      this.#tell(this.#new());
    } else if (dice < 0.65) {
      this.#told.delete(key);
      this.#derive(told);
    } else if (dice < 0.75) {
      this.#told.delete(key);
      this.#derive(told);
      this.#tell({ ...told, serviceId: this.#service() });
    } else {
      this.#tell(this.#corrected(told));
    }
  }

  /** The cell of a service and environment on a UTC day, if there is one. */
  cell(sequence: string, day: number): DeliveryCell | undefined {
    const kept = this.#cells.get(`${sequence} ${day}`);
    if (!kept) {
      return undefined;
    }
    const { packed, ...rest } = kept;
    const [leadSeconds, recoverySeconds, quarters] = packed.map(unpackSeconds);
    return { ...rest, leadSeconds, recoverySeconds, quarters };
  }

  #new(): Told {
    this.made += 1;
    const serviceId = this.#service();
    const finishedAt = this.#start + Math.floor(this.#random() * 60 * DAY);
    const key = `k${this.made}`;
    return {
      serviceId,
      environment: ENVIRONMENTS[this.#upTo(ENVIRONMENTS.length)],
      observation: {
        source: 'argocd',
        key,
        versionName: `V${this.#upTo(25)}`,
        target: ['eu', 'us', undefined][this.#upTo(3)],
        finishedAt,
        basis: this.#random() < 0.9 ? 'synced' : 'desired',
        rollout:
          (['failed', 'cancelled', 'unknown'] as const)[this.#upTo(25)] ??
          'succeeded',
        ...this.#said(),
      },
      twofold: this.#random() < 0.3,
      commits: this.#commits(finishedAt),
      complete: this.#random() < 0.9,
    };
  }

  /** By Git, or by whoever posted it. */
  #said(): Partial<SequenceObservation> {
    const dice = this.#random();
    if (dice > 0.92) {
      const mends = `V${Math.floor(dice * 1000) % 25}`;
      return { basis: 'event', marks: ['fix'], mends };
    }
    return { marks: dice < 0.15 ? ['hotfix'] : [] };
  }

  #corrected(told: Told): Told {
    const { observation } = told;
    const finishedAt =
      observation.finishedAt + Math.floor((this.#random() - 0.5) * 3 * DAY);
    return this.#random() < 0.5
      ? { ...told, observation: { ...observation, finishedAt } }
      : {
          ...told,
          observation: {
            ...observation,
            rollout: this.#random() < 0.5 ? 'succeeded' : 'failed',
            marks: this.#random() < 0.5 ? ['revert'] : [],
          },
          commits: this.#commits(observation.finishedAt),
        };
  }

  #commits(finishedAt: number): DeliveredCommit[] {
    return Array.from({ length: this.#upTo(5) }, () => ({
      repository: 'shop',
      sha: shaOf(`${this.#upTo(9_999_999)}c`),
      // One in twenty by a clock that is ahead.
      committedAt: Math.floor(finishedAt + (0.05 - this.#random()) * 9 * DAY),
      isMerge: this.#random() < 0.2,
      first: this.#random() < 0.8,
    }));
  }

  #tell(told: Told): void {
    this.#told.set(told.observation.key, told);
    this.#derive(told);
  }

  #derive({ serviceId, environment }: Told): void {
    const mine = [...this.#told.values()].filter(
      each => each.serviceId === serviceId && each.environment === environment,
    );
    const byKey = new Map(mine.map(each => [each.observation.key, each]));
    const sequence = deriveSequence({
      observations: mine.flatMap(({ observation, twofold }) =>
        (twofold ? ['api', 'job'] : ['api']).map(repository => ({
          ...observation,
          image: { repository },
        })),
      ),
    }).map(deployment => {
      const of = deployment.sources.flatMap(({ key }) => byKey.get(key) ?? []);
      return {
        ...deployment,
        id: `${serviceId} ${deployment.first.key} ${deployment.line}`,
        commits: {
          list: of.flatMap(({ commits }) => commits),
          complete: of.every(({ complete }) => complete),
        },
      };
    });
    const name = `${serviceId} ${environment}`;
    const before = this.rows.get(name) ?? [];
    const after = deliveriesOf({ sequence, lookBackMs: 24 * HOUR });
    this.rows.set(name, after);
    for (const day of dirtyDaysOf({ before, after })) {
      this.#make(name, day);
    }
  }

  #make(name: string, day: number): void {
    const rows = this.rows.get(name) ?? [];
    const cell = cellOf(
      rows.filter(({ finishedAt }) => utcDayOf(finishedAt) === day),
    );
    const { leadSeconds, recoverySeconds, quarters, ...rest } = cell;
    if (isEmptyCell(cell)) {
      this.#cells.delete(`${name} ${day}`);
    } else {
      this.#cells.set(`${name} ${day}`, {
        ...rest,
        packed: [leadSeconds, recoverySeconds, quarters].map(packSeconds),
      });
    }
  }

  #service(): string {
    return ['cart', 'till', 'bank', 'post'][this.#upTo(4)];
  }

  #upTo(n: number): number {
    return Math.floor(this.#random() * n);
  }
}
