import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  IncidentReference,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { inTransaction } from '../database';
import { userActor } from '../deployments/observationFromInput';
import { personKey, PersonStore } from '../persons/PersonStore';
import { currentIncident, type OwnedIncident } from './currentIncident';
import type { IncidentDeriver } from './IncidentDeriver';
import {
  incidentIdOf,
  type IncidentSaidRow,
  type StoredIncident,
} from './incidentRows';
import { saidStore } from './saidStore';

/** What it did, and which incident it is now. */
export type Done = OperationOutput<'sayOfIncident'>;

/** A word, before it is stored. */
export interface NewWord {
  kind: IncidentSaidRow['kind'];
  /** What it is said of. */
  of: IncidentReference;
  /** All that it is about. */
  about: readonly IncidentReference[];
  body: object;
  done: string;
}

/** Who says it of which incident. */
export interface Saying {
  id: string;
  credentials: BackstageCredentials;
  /** Entity ref of the user. */
  userRef: string;
  why?: string;
}

/**
 * Keeps what people say, and derives the incidents that it makes in the same
 * transaction.
 */
export class WordKeeper {
  readonly #options: WordKeeperOptions;
  readonly #persons: PersonStore;

  private constructor(options: WordKeeperOptions) {
    this.#options = options;
    this.#persons = PersonStore.create(options);
  }

  static create(options: WordKeeperOptions): WordKeeper {
    return new WordKeeper(options);
  }

  /** Stores a word on the incident as it is now, and derives what it makes. */
  async add(
    saying: Saying,
    found: OwnedIncident,
    wordOf: (
      incident: StoredIncident,
      transaction: Knex.Transaction,
    ) => NewWord | Promise<NewWord>,
  ): Promise<Done> {
    return await this.inLock(async transaction => {
      const incident = await currentIncident(transaction, found);
      const word = await wordOf(incident, transaction);
      const before = await saidStore.of(
        transaction,
        word.about.map(incidentIdOf),
      );
      await saidStore.add(
        transaction,
        {
          id: randomUUID().replaceAll('-', ''),
          incident_ref: JSON.stringify({
            source: word.of.source,
            key: word.of.key,
          }),
          kind: word.kind,
          body: JSON.stringify(word.body),
          person_id: await this.personId(transaction, saying.userRef),
          // After all that was said before, whatever the clocks of replicas say.
          at: Math.max(this.#options.now(), (before.at(-1)?.at ?? 0) + 1),
          why: saying.why ?? null,
          taken_back_at: null,
          taken_back_by: null,
          taken_back_why: null,
        },
        word.about,
      );
      return word;
    });
  }

  /** One at a time: what is checked holds until it is written. */
  async inLock(
    work: (
      transaction: Knex.Transaction,
    ) => Promise<Pick<NewWord, 'of' | 'about' | 'done'>>,
  ): Promise<Done> {
    const { database, deriver, onChange } = this.#options;
    const { done, serviceIds } = await inTransaction(
      database,
      async transaction => {
        await deriver.lock(transaction);
        const word = await work(transaction);
        const derived = await deriver.derive(transaction, [
          word.of,
          ...word.about,
        ]);
        const alias = await transaction('incident_alias')
          .where('alias', incidentIdOf(word.of))
          .first('incident_id');
        return {
          done: { done: word.done, incidentId: alias.incident_id as string },
          serviceIds: derived.serviceIds,
        };
      },
    );
    onChange(serviceIds);
    return done;
  }

  async personId(
    transaction: Knex.Transaction,
    userRef: string,
  ): Promise<string> {
    const person = userActor(userRef);
    const ids = await this.#persons.resolve({
      transaction,
      persons: [person],
      now: this.#options.now(),
    });
    return ids.get(personKey(person)) as string;
  }
}

/** What it is kept with. */
export interface WordKeeperOptions {
  database: Knex;
  deriver: IncidentDeriver;
  /** Called with the ids of services whose records have changed, once committed. */
  onChange: (serviceIds: Iterable<string>) => void;
  now: () => number;
}
