import type { OnCall } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { iso } from '../http/range';
import { parsePayload, type OnCallPayload } from '../ingest/payloads';
import { whereInList } from '../permissions/whereService';
import type { PersonReads } from '../persons/PersonReads';
import { activeLinks } from '../subjects/activeLinks';

/** Who is on call for services, as sources said last. */
export class OnCallReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): OnCallReads {
    return new OnCallReads(options);
  }

  /**
   * The first level first. Somebody whose duty is over is none, though nobody
   * said who came after.
   *
   * @param options - `now`: epoch milliseconds
   */
  async of(options: { serviceIds: string[]; now: number }): Promise<OnCall[]> {
    const { now } = options;
    const linked = activeLinks(this.#database).select('subject_id');
    whereInList(linked, { column: 'service_id', values: options.serviceIds });
    const rows: { source: string; payload: string }[] = await this.#database(
      'observation',
    )
      .where('kind', 'on-call')
      .whereNull('withdrawn_at')
      .whereIn('subject_id', linked)
      .orderBy(['source', 'key'])
      .select('source', 'payload');
    const found = rows.flatMap(({ source, payload }) => {
      const told = parsePayload<OnCallPayload>(payload);
      return told.personId !== undefined &&
        (told.from ?? now) <= now &&
        (told.until ?? Infinity) > now
        ? [{ ...told, source, personId: told.personId }]
        : [];
    });
    const person = await this.#persons.named(
      found.map(({ personId }) => personId),
    );
    // The same duty of several services is told of each.
    const duties = new Map(
      found.map(each => [
        JSON.stringify([each.personId, each.level, each.schedule]),
        each,
      ]),
    );
    return [...duties.values()]
      .map(({ personId, level, schedule, until, source, url }) => ({
        person: person(personId),
        level,
        schedule,
        until: until === undefined ? undefined : iso(until),
        source,
        url,
      }))
      .sort(
        (a, b) =>
          a.level - b.level ||
          (a.schedule ?? '').localeCompare(b.schedule ?? '', 'en') ||
          a.person.id.localeCompare(b.person.id, 'en'),
      );
  }
}
