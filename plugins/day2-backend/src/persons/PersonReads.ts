import type { Person } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { whereInList } from '../permissions/whereService';

/** Names of persons, joined when a record is read. */
export class PersonReads {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): PersonReads {
    return new PersonReads(options.database);
  }

  /** A function from id to person; an erased or unknown one keeps its id alone. */
  async named(
    ids: Iterable<string | undefined>,
  ): Promise<(id: string) => Person> {
    const wanted = [
      ...new Set([...ids].filter((id): id is string => id !== undefined)),
    ];
    const found = new Map<string, Person>();
    if (wanted.length > 0) {
      const query = this.#database('person').select('id', 'name', 'user_ref');
      whereInList(query, { column: 'id', values: wanted });
      for (const row of await query) {
        found.set(row.id, {
          id: row.id,
          name: row.name ?? undefined,
          userRef: row.user_ref ?? undefined,
        });
      }
    }
    return id => found.get(id) ?? { id };
  }
}
