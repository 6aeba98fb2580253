import type { JsonObject } from '@backstage/types';
import type {
  HeldIncidents,
  IncidentObservation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './createSource';
import { FakeAlertmanager, rawAlert, type RawAlert } from './FakeAlertmanager';

/** An Alertmanager, and what the hub holds of it: reading by reading, at the clock of the test. */
export class Follower {
  now = Date.parse('2026-11-20T12:00:00Z');
  cursor: SourceBatch['cursor'] | undefined;
  /** Of the last run. */
  rejected: NonNullable<SourceBatch['rejected']> = [];
  /** Of the last run. */
  notices: string[] | undefined;
  readonly #fake: FakeAlertmanager;
  #ledger = ObservationLedger.create();
  readonly #heardAt = new Map<string, number>();

  private constructor(fake: FakeAlertmanager) {
    this.#fake = fake;
  }

  static create(fake: FakeAlertmanager): Follower {
    return new Follower(fake);
  }

  /** As if nothing was ever read. */
  forget(): void {
    this.cursor = undefined;
    this.#ledger = ObservationLedger.create();
    this.#heardAt.clear();
  }

  /** One run; what it says. */
  async run(
    settings: JsonObject = {},
    reread = false,
  ): Promise<IncidentObservation[]> {
    const { batches, error, cursor } = await collect(
      createSource({ url: this.#fake.url, ...settings }),
      {
        cursor: this.cursor,
        reread,
        now: () => this.now,
        incidents: this.#held(),
        onBatch: batch => this.#apply(batch),
      },
    );
    if (error) {
      throw error;
    }
    this.cursor = cursor;
    this.rejected = batches.flatMap(batch => batch.rejected ?? []);
    this.notices = batches.at(-1)?.notices;
    return batches.flatMap(
      ({ observations }) => observations,
    ) as IncidentObservation[];
  }

  /** Runs each minute, so often. */
  async runOn(times: number): Promise<IncidentObservation[]> {
    const said: IncidentObservation[] = [];
    for (let at = 0; at < times; at += 1) {
      this.now += 60_000;
      said.push(...(await this.run()));
    }
    return said;
  }

  /** What stands of the nth alert. */
  standing(n: number): IncidentObservation {
    return this.#incidents().find(({ key }) =>
      key.startsWith(rawAlert(n).fingerprint),
    ) as IncidentObservation;
  }

  /** As the webhook says it. */
  deliver(alert: RawAlert, endsAt?: string): void {
    const source = createSource({
      url: this.#fake.url,
      webhook: { token: 't' },
    });
    const body = {
      version: '4',
      alerts: [
        {
          ...alert,
          status: endsAt ? 'resolved' : 'firing',
          endsAt: endsAt ?? '0001-01-01T00:00:00Z',
        },
      ],
    };
    const { observations } = source.webhook!.read!({
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
    this.#apply({ observations, cursor: {} });
  }

  #apply(batch: SourceBatch): void {
    const before = new Map(this.#incidents().map(each => [each.key, each]));
    this.#ledger.apply(batch);
    for (const each of this.#incidents()) {
      if (before.get(each.key) !== each) {
        this.#heardAt.set(each.key, this.now);
      }
    }
  }

  #incidents(): IncidentObservation[] {
    return this.#ledger.observations as IncidentObservation[];
  }

  #held(): HeldIncidents {
    return {
      open: async () =>
        this.#incidents()
          .filter(({ resolvedAt }) => resolvedAt === undefined)
          .map(({ key, version }) => ({
            key,
            version,
            heardAt: this.#heardAt.get(key)!,
          })),
      said: async keys =>
        this.#incidents().filter(({ key }) => keys.includes(key)),
    };
  }
}
