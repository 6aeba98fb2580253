import type { LoggerService } from '@backstage/backend-plugin-api';

const EVERY_MS = 60_000;

/** Says in the log that deliveries are refused, once a minute however many they are. */
export class Refusals {
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #counts = new Map<string, { refused: number; saidAt: number }>();

  private constructor(options: { logger: LoggerService; now: () => number }) {
    this.#logger = options.logger;
    this.#now = options.now;
  }

  static create(options: {
    logger: LoggerService;
    now: () => number;
  }): Refusals {
    return new Refusals(options);
  }

  /** @param source - undefined where there is none of that name, or it takes none */
  note(source: string | undefined): void {
    const known = this.#counts.get(source ?? '');
    const refused = (known?.refused ?? 0) + 1;
    const now = this.#now();
    if (known && now - known.saidAt < EVERY_MS) {
      known.refused = refused;
      return;
    }
    this.#counts.set(source ?? '', { refused: 0, saidAt: now });
    if (source === undefined) {
      this.#logger.warn(
        'Webhooks came for a source that is not configured, or has no secret for webhooks',
        { refused },
      );
    } else {
      this.#logger.warn(
        'Webhooks were refused: the signature or credential is not the configured one',
        { source, refused },
      );
    }
  }
}
