import {
  SourceError,
  type Observation,
  type Source,
  type SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { BrokenInstance } from './config';

/** Stands for an entry of the configuration that cannot be used, so that the Sources page says why. */
export class BrokenSource implements Source {
  readonly id: string;
  readonly type = 'prometheus';
  readonly title: string;
  readonly detail = 'not usable as configured';
  readonly kinds: Observation['kind'][] = [];
  readonly everySeconds = 3600;
  readonly #problem: string;

  private constructor(options: BrokenInstance) {
    this.id = `prometheus:${options.name}`;
    this.title = options.name;
    this.#problem = options.problem;
  }

  static create(options: BrokenInstance): BrokenSource {
    return new BrokenSource(options);
  }

  // eslint-disable-next-line require-yield
  async *pull(): AsyncGenerator<SourceBatch> {
    throw new SourceError({
      code: 'misconfigured',
      message: this.#problem,
      fix: 'Correct it in app-config.yaml and start the portal again. docs/prometheus.md shows every key.',
    });
  }
}
