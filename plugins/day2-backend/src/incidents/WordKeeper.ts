import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  IncidentReference,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { deterministicId, inTransaction } from '../database';
import { userActor } from '../deployments/observationFromInput';
import { personKey, PersonStore } from '../persons/PersonStore';
import { currentIncident, type OwnedIncident } from './currentIncident';
import type { IncidentDeriver } from './IncidentDeriver';
import {
  incidentIdOf,
  type IncidentSaidRow,
  type StoredIncident,
} from './incidentRows';
import { saidStore, type OverrideBody } from './saidStore';
import { TooManyWordsError } from './TooManyWordsError';

const HOUR_MS = 3_600_000;
/** Much more than people say; less than fills a table. */
const MAX_AN_HOUR = 60;

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
  /** One of what it splits off. */
  splitOff?: IncidentReference;
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
      const personId = await this.personId(transaction, saying.userRef);
      await this.#checkHowMuch(transaction, personId);
      const newestAt = await saidStore.newestAt(
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
          field_id: fieldIdOf(word),
          person_id: personId,
          // After all that was said before, whatever the clocks of replicas say.
          at: Math.max(this.#options.now(), newestAt + 1),
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
    ) => Promise<Pick<NewWord, 'of' | 'about' | 'done' | 'splitOff'>>,
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
        const idNow = async (reference: IncidentReference) => {
          const alias = await transaction('incident_alias')
            .where('alias', incidentIdOf(reference))
            .first('incident_id');
          return alias.incident_id as string;
        };
        return {
          done: {
            done: word.done,
            incidentId: await idNow(word.of),
            ...(word.splitOff && { splitOffId: await idNow(word.splitOff) }),
          },
          serviceIds: derived.serviceIds,
        };
      },
    );
    onChange(serviceIds);
    return done;
  }

  /** @throws TooManyWordsError where he has said as much as one may in an hour */
  async #checkHowMuch(
    transaction: Knex.Transaction,
    personId: string,
  ): Promise<void> {
    const count = await saidStore.countOf(transaction, {
      personId,
      after: this.#options.now() - HOUR_MS,
    });
    if (count >= MAX_AN_HOUR) {
      throw new TooManyWordsError(
        `You have said ${MAX_AN_HOUR} things of incidents within an hour; say more later`,
      );
    }
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

/** Of an override: of one incident and field the latest counts. */
function fieldIdOf({ kind, of, body }: NewWord): string | null {
  return kind === 'override'
    ? deterministicId('field', incidentIdOf(of), (body as OverrideBody).field)
    : null;
}

/** What it is kept with. */
export interface WordKeeperOptions {
  database: Knex;
  deriver: IncidentDeriver;
  /** Called with the ids of services whose records have changed, once committed. */
  onChange: (serviceIds: Iterable<string>) => void;
  now: () => number;
}
