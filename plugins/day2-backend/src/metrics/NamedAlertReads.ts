import type { NamedMetrics } from '@day2/backstage-plugin-day2-common';
import type { AlertRule } from '@day2/backstage-plugin-day2-node';
import { BoundedCache } from '../permissions/BoundedCache';
import type { AlertRuleStore } from './AlertRuleStore';
import { namedAlertsOf } from './namedAlertsOf';

/** Rules of so many sources are kept as they were read last: each up to 16 MB. */
const MAX_SOURCES = 4;
/** What annotations find in them: 200 alerts each at most. */
const MAX_FOUND = 500;
/** Read again each minute. */
const TTL_MS = 120_000;

type Found = ReturnType<typeof namedAlertsOf>;

/**
 * The alerts that services name, told once for each reading of the rules: all
 * rules of an instance are not taken apart for every page.
 */
export class NamedAlertReads {
  readonly #rules: AlertRuleStore;
  readonly #all: BoundedCache<AlertRule[]>;
  readonly #found: BoundedCache<Found>;

  private constructor(options: { rules: AlertRuleStore; now: () => number }) {
    const { now } = options;
    this.#rules = options.rules;
    this.#all = BoundedCache.create({ max: MAX_SOURCES, ttlMs: TTL_MS, now });
    this.#found = BoundedCache.create({ max: MAX_FOUND, ttlMs: TTL_MS, now });
  }

  static create(options: {
    rules: AlertRuleStore;
    now: () => number;
  }): NamedAlertReads {
    return new NamedAlertReads(options);
  }

  /** @param options - `readAt`: when the rules were read last */
  async of(options: {
    source: string;
    readAt: number;
    named: NonNullable<NamedMetrics['alerts']>;
  }): Promise<Found> {
    const { source, readAt, named } = options;
    const reading = JSON.stringify([source, readAt]);
    return await this.#found.get(
      `${reading} ${JSON.stringify(named)}`,
      async () => {
        const rules = named.all
          ? await this.#all.get(reading, () => this.#rules.rules({ source }))
          : await this.#rules.rules({ source, names: named.names });
        return namedAlertsOf({ named, rules });
      },
    );
  }
}
