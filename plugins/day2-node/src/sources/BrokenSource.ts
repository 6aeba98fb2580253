import type { Observation } from './observations';
import type { Source, SourceBatch } from './Source';
import { SourceError } from './SourceError';

/**
 * Stands for an entry of the configuration that cannot be used, so that the
 * Sources page says why and the portal starts.
 *
 * @public
 */
export class BrokenSource implements Source {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly detail = 'not usable as configured';
  readonly kinds: Observation['kind'][] = [];
  readonly everySeconds = 3600;
  readonly #problem: string;
  readonly #docs: string;

  private constructor(options: BrokenSourceOptions) {
    this.type = options.type;
    this.id = `${options.type}:${options.name}`;
    this.title = options.name;
    this.#problem = options.problem;
    this.#docs = options.docs ?? `docs/${options.type}.md`;
  }

  static create(options: BrokenSourceOptions): BrokenSource {
    return new BrokenSource(options);
  }

  // eslint-disable-next-line require-yield
  async *pull(): AsyncGenerator<SourceBatch> {
    throw new SourceError({
      code: 'misconfigured',
      message: this.#problem,
      fix: `Correct it in app-config.yaml and start the portal again. ${
        this.#docs
      } shows every key.`,
    });
  }
}

/** @public */
export interface BrokenSourceOptions {
  /** The connector, e.g. `git`. */
  type: string;
  name: string;
  /** In a sentence, without secrets. */
  problem: string;
  /** Page of the documentation; `docs/<type>.md` by default. */
  docs?: string;
}
