import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  NO_CHANGE,
  type IncidentReference,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { inTransaction } from '../database';
import { userActor } from '../deployments/observationFromInput';
import type { VisibleServices } from '../permissions/VisibleServices';
import { personKey, PersonStore } from '../persons/PersonStore';
import type { SuspectBody } from '../suspects/suspectDecisions';
import { checkWord } from './checkWord';
import { splitOf, togetherOf } from './groupingOf';
import type { IncidentDeriver } from './IncidentDeriver';
import type { IncidentEditors } from './IncidentEditors';
import type { FoundIncident, IncidentReads } from './IncidentReads';
import {
  incidentIdOf,
  type IncidentRow,
  type IncidentSaidRow,
  type StoredIncident,
} from './incidentRows';
import { noIncident } from './incidentRoutes';
import { overrideInWords, saidInWords, suspectInWords } from './saidInWords';
import { saidStore, type OverrideBody } from './saidStore';
import { visibleReferences } from './shownIncident';

type Done = OperationOutput<'sayOfIncident'>;

/** A word, before it is stored. */
interface NewWord {
  kind: IncidentSaidRow['kind'];
  /** What it is said of. */
  of: IncidentReference;
  /** All that it is about. */
  about: readonly IncidentReference[];
  body: object;
  done: string;
}

/** Who says it of which incident. */
interface Saying {
  id: string;
  credentials: BackstageCredentials;
  /** Entity ref of the user. */
  userRef: string;
  why?: string;
}

/**
 * What people say of incidents: stored for ever, and the incidents derived with
 * it at once. Words of two people come one after the other, and both stay.
 */
export class IncidentWrites {
  readonly #options: IncidentWritesOptions;
  readonly #persons: PersonStore;

  private constructor(options: IncidentWritesOptions) {
    this.#options = options;
    this.#persons = PersonStore.create(options);
  }

  static create(options: IncidentWritesOptions): IncidentWrites {
    return new IncidentWrites(options);
  }

  /** @throws InputError where it cannot be so */
  async say(saying: Saying & { word: OverrideBody }): Promise<Done> {
    const { word } = saying;
    const found = await this.#owned(saying);
    return await this.#add(saying, found, incident => {
      checkWord({ word, incident, now: this.#options.now() });
      return {
        kind: 'override',
        of: incident.first,
        about: [incident.first],
        body: word,
        done: overrideInWords(word),
      };
    });
  }

  /** @throws InputError where both are one already */
  async merge(saying: Saying & { with: string }): Promise<Done> {
    const found = await this.#owned(saying);
    const other = await this.#owned({ ...saying, id: saying.with });
    if (other.row.id === found.row.id) {
      throw new InputError(
        'body.with: both are this incident already; name another one',
      );
    }
    return await this.#add(saying, found, async (incident, transaction) => {
      const second = await current(transaction, other);
      return { kind: 'grouping', ...togetherOf(incident, second) };
    });
  }

  /** @throws InputError where nothing would be left, or one is not of it */
  async split(
    saying: Saying & { references: IncidentReference[] },
  ): Promise<Done> {
    const found = await this.#owned(saying);
    return await this.#add(saying, found, incident => ({
      kind: 'grouping',
      ...splitOf({
        incident,
        visible: visibleReferences(incident, found.services),
        chosen: saying.references,
      }),
    }));
  }

  /** @throws InputError where it is none of its suspects */
  async judge(saying: Saying & SuspectBody): Promise<Done> {
    const { candidateId, verdict, credentials } = saying;
    const found = await this.#owned(saying);
    const label = await this.#labelOf({ candidateId, found, credentials });
    return await this.#add(saying, found, ({ first }) => ({
      kind: 'suspect',
      of: first,
      about: [first],
      body: { candidateId, verdict } satisfies SuspectBody,
      done: suspectInWords(label, candidateId, verdict),
    }));
  }

  /** @throws InputError where it was not said of it, or is taken back already */
  async takeBack(saying: Saying & { said: string }): Promise<Done> {
    const { now } = this.#options;
    const found = await this.#owned(saying);
    return await this.#inLock(async transaction => {
      const incident = await current(transaction, found);
      const rows = await saidStore.of(
        transaction,
        incident.references.map(incidentIdOf),
      );
      const row = rows.find(({ id }) => id === saying.said);
      if (!row) {
        throw new InputError(
          'body.said: nobody said that of this incident; take its id from `said` of the incident',
        );
      }
      if (row.taken_back_at !== null) {
        throw new InputError('body.said: it is taken back already');
      }
      await transaction('incident_said')
        .where({ id: row.id })
        .update({
          taken_back_at: now(),
          taken_back_by: await this.#personId(transaction, saying.userRef),
          taken_back_why: saying.why ?? null,
        });
      const titles = new Map(
        visibleReferences(incident, found.services).map(each => [
          incidentIdOf(each),
          each.title,
        ]),
      );
      const text = saidInWords(row, {
        nameOf: each => titles.get(incidentIdOf(each)) ?? 'another one',
        labelOf: () => 'A change',
      });
      return {
        of: incident.first,
        about: await saidStore.about(transaction, row.id),
        done: `Taken back: ${text}`,
      };
    });
  }

  /** Stores a word on the incident as it is now, and derives what it makes. */
  async #add(
    saying: Saying,
    found: FoundIncident,
    wordOf: (
      incident: StoredIncident,
      transaction: Knex.Transaction,
    ) => NewWord | Promise<NewWord>,
  ): Promise<Done> {
    return await this.#inLock(async transaction => {
      const incident = await current(transaction, found);
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
          person_id: await this.#personId(transaction, saying.userRef),
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
  async #inLock(
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

  async #owned({ id, credentials }: Saying): Promise<FoundIncident> {
    const found = await this.#options.incidents.byId({
      id,
      visibleAmong: serviceIds =>
        this.#options.visible.among({ serviceIds, credentials }),
    });
    if (!found) {
      throw noIncident();
    }
    await this.#options.editors.requireOwner({ found, credentials });
    return found;
  }

  async #labelOf(options: {
    candidateId: string;
    found: FoundIncident;
    credentials: BackstageCredentials;
  }): Promise<string> {
    const { candidateId, found, credentials } = options;
    if (candidateId === NO_CHANGE) {
      return 'No change';
    }
    const row = await this.#options
      .database('suspect')
      .where({
        incident_id: found.row.id,
        candidate_id: candidateId,
        role: 'cause',
      })
      .first('service_id', 'record');
    const serviceIds: string[] = row?.service_id ? [row.service_id] : [];
    const visible = await this.#options.visible.among({
      serviceIds,
      credentials,
    });
    if (!row || (serviceIds.length > 0 && visible.kind === 'none')) {
      throw new InputError(
        'body.candidate: it is none of the suspects of this incident that you may see; take its id from `suspects`, or `none`',
      );
    }
    return (JSON.parse(row.record) as { label: string }).label;
  }

  async #personId(
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

/**
 * The incident as it is now.
 *
 * @throws ConflictError where it has become another one since it was checked
 */
async function current(
  transaction: Knex.Transaction,
  found: FoundIncident,
): Promise<StoredIncident> {
  const row: IncidentRow | undefined = await transaction('incident')
    .where('id', found.row.id)
    .first('*');
  if (!row) {
    throw new ConflictError(
      'The incident has become another one meanwhile: somebody merged or split it, or a tool told of an earlier start. Load it again, then say it again',
    );
  }
  const incident = JSON.parse(row.record) as StoredIncident;
  const services = new Set(found.services.map(({ id }) => id));
  if (!incident.services.some(id => services.has(id))) {
    throw new ConflictError(
      'The incident is of other services meanwhile. Load it again',
    );
  }
  return incident;
}

/** What they are written with. */
export interface IncidentWritesOptions {
  database: Knex;
  incidents: IncidentReads;
  editors: IncidentEditors;
  deriver: IncidentDeriver;
  visible: VisibleServices;
  /** Called with the ids of services whose records have changed, once committed. */
  onChange: (serviceIds: Iterable<string>) => void;
  now: () => number;
}
