import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  NO_CHANGE,
  type IncidentReference,
} from '@day2/backstage-plugin-day2-common';
import type { VisibleServices } from '../permissions/VisibleServices';
import type { SuspectBody } from '../suspects/suspectDecisions';
import { checkWord } from './checkWord';
import { currentIncident, type OwnedIncident } from './currentIncident';
import { splitOf, togetherOf } from './groupingOf';
import type { IncidentEditors } from './IncidentEditors';
import type { FoundIncident, IncidentReads } from './IncidentReads';
import { incidentIdOf } from './incidentRows';
import { noIncident } from './incidentRoutes';
import { overrideInWords, saidInWords, suspectInWords } from './saidInWords';
import { saidStore, type OverrideBody } from './saidStore';
import { visibleReferences } from './shownIncident';
import {
  WordKeeper,
  type Done,
  type Saying,
  type WordKeeperOptions,
} from './WordKeeper';

/**
 * What people say of incidents: stored for ever, and the incidents derived with
 * it at once. Words of two people come one after the other, and both stay.
 */
export class IncidentWrites {
  readonly #options: IncidentWritesOptions;
  readonly #keeper: WordKeeper;

  private constructor(options: IncidentWritesOptions) {
    this.#options = options;
    this.#keeper = WordKeeper.create(options);
  }

  static create(options: IncidentWritesOptions): IncidentWrites {
    return new IncidentWrites(options);
  }

  /** @throws InputError where it cannot be so */
  async say(saying: Saying & { word: OverrideBody }): Promise<Done> {
    const { word } = saying;
    const found = await this.#owned(saying);
    return await this.#keeper.add(saying, found, incident => {
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
    return await this.#keeper.add(
      saying,
      found,
      async (incident, transaction) => {
        const second = await currentIncident(transaction, other);
        return {
          kind: 'grouping',
          ...togetherOf([incident, second], [found.shown, other.shown]),
        };
      },
    );
  }

  /** @throws InputError where nothing would be left, or one is not of it */
  async split(
    saying: Saying & { references: IncidentReference[] },
  ): Promise<Done> {
    const found = await this.#owned(saying);
    return await this.#keeper.add(saying, found, incident => ({
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
    return await this.#keeper.add(saying, found, ({ first }) => ({
      kind: 'suspect',
      of: first,
      about: [first],
      body: { candidateId, verdict } satisfies SuspectBody,
      done: suspectInWords(label, candidateId, verdict),
    }));
  }

  /**
   * @throws InputError where it was not said of it, or is taken back already
   * @throws NotAllowedError where it keeps others apart from it, of which the
   * caller owns nothing: taken back, it may make one of all
   */
  async takeBack(saying: Saying & { said: string }): Promise<Done> {
    const { now } = this.#options;
    const found = await this.#owned(saying);
    const owned = await this.#ownedAmongGrouped(saying);
    return await this.#keeper.inLock(async transaction => {
      const incident = await currentIncident(transaction, found);
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
      const grouped = await saidStore.grouped(transaction, row.id);
      if (grouped.some(id => !owned.has(id))) {
        throw new NotAllowedError(
          'It says which alerts and incidents are one, and some of them are of an incident none of whose services you own; ask the owners of that one',
        );
      }
      await transaction('incident_said')
        .where({ id: row.id })
        .update({
          taken_back_at: now(),
          taken_back_by: await this.#keeper.personId(
            transaction,
            saying.userRef,
          ),
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

  async #owned({ id, credentials }: Saying): Promise<OwnedIncident> {
    const found = await this.#options.incidents.byId({
      id,
      visibleAmong: serviceIds =>
        this.#options.visible.among({ serviceIds, credentials }),
    });
    if (!found) {
      throw noIncident();
    }
    const owned = await this.#options.editors.requireOwner({
      found,
      credentials,
    });
    return { ...found, owned };
  }

  /** Of the incidents that a word is about those that the caller may correct. */
  async #ownedAmongGrouped(
    saying: Saying & { said: string },
  ): Promise<Set<string>> {
    const { database, incidents, editors, visible } = this.#options;
    const { credentials } = saying;
    const owned = new Set<string>();
    for (const id of await saidStore.grouped(database, saying.said)) {
      const found = await incidents.byId({
        id,
        visibleAmong: serviceIds => visible.among({ serviceIds, credentials }),
      });
      if (found && (await editors.mayEdit({ found, credentials }))) {
        owned.add(id);
      }
    }
    return owned;
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
}

/** What they are written with. */
export interface IncidentWritesOptions extends WordKeeperOptions {
  incidents: IncidentReads;
  editors: IncidentEditors;
  visible: VisibleServices;
}
