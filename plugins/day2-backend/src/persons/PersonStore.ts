import { randomUUID } from 'node:crypto';
import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, inTransaction } from '../database';

/** Of persons known by the entity ref of their catalog user. */
const USER_NAMESPACE = 'user';

/**
 * Persons and the names that sources have for them: the only tables that hold
 * names and addresses. A person is known by aliases, never guessed by name.
 */
export class PersonStore {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): PersonStore {
    return new PersonStore(options.database);
  }

  /**
   * The ids of persons, made where they are new, by `personKey`.
   *
   * @remarks Ids are random: a hash of an address would still tell it after the
   * person is erased.
   */
  async resolve(options: {
    transaction: Knex.Transaction;
    persons: ObservedPerson[];
    now: number;
  }): Promise<Map<string, string>> {
    const { transaction, now } = options;
    const wanted = new Map<string, ObservedPerson>();
    for (const person of options.persons) {
      const key = personKey(person);
      wanted.set(key, preferred(wanted.get(key), person));
    }
    // In one order everywhere, so that two sources do not wait for each other.
    const sorted = [...wanted.keys()].sort();
    const ids = await this.#idsOf(transaction, sorted);
    const missing = sorted.filter(key => !ids.has(key));
    const byUser = await this.#idsByUser(transaction, missing);
    for (const keys of chunksOf(missing)) {
      await transaction('person_alias')
        .insert(
          keys.map(key => ({
            ...splitKey(key),
            person_id: byUser.get(key) ?? randomUUID().replaceAll('-', ''),
          })),
        )
        .onConflict(['namespace', 'key'])
        .ignore();
    }
    if (missing.length > 0) {
      for (const [key, id] of await this.#idsOf(transaction, missing)) {
        ids.set(key, id);
      }
      for (const keys of chunksOf(missing)) {
        await transaction('person')
          .insert(
            keys.map(key => ({
              id: ids.get(key),
              name: nameOf(wanted.get(key)) ?? null,
              user_ref: userRefOf(key) ?? null,
              created_at: now,
            })),
          )
          .onConflict('id')
          .ignore();
      }
    }
    await this.#improveNames({ transaction, wanted, ids, missing });
    return ids;
  }

  /**
   * Maps persons to catalog users by their exact e-mail address. A user whose
   * address changed is taken off the former person.
   */
  async linkUsers(
    users: { userRef: string; email: string }[],
  ): Promise<{ linked: number }> {
    let linked = 0;
    for (const chunk of chunksOf(users)) {
      linked += await inTransaction(this.#database, async transaction => {
        const refs = new Map<string, string>();
        for (const { userRef, email } of chunk) {
          refs.set(email.trim().toLowerCase(), userRef.toLowerCase());
        }
        const aliases = await transaction('person_alias')
          .where('namespace', 'email')
          .whereIn('key', [...refs.keys()])
          .select('key', 'person_id');
        const owners = new Map<string, string>(
          aliases.map(({ key, person_id }) => [person_id, refs.get(key)!]),
        );
        // A user who posted is that person whatever the address is.
        const posted = await transaction('person_alias')
          .where('namespace', USER_NAMESPACE)
          .whereIn('key', [...refs.values()])
          .select('key', 'person_id');
        for (const { key, person_id } of posted) {
          owners.set(person_id, key);
        }
        const known = await transaction('person')
          .whereIn('id', [...owners.keys()])
          .orWhereIn('user_ref', [...refs.values()])
          .select('id', 'user_ref', 'erased_at')
          .orderBy('id');
        for (const { id, user_ref, erased_at } of known) {
          const ref = erased_at === null ? owners.get(id) ?? null : null;
          if (user_ref !== ref) {
            await transaction('person').where({ id }).update({ user_ref: ref });
          }
        }
        return owners.size;
      });
    }
    return { linked };
  }

  /** Persons that are known to be the catalog users that keys name. */
  async #idsByUser(
    transaction: Knex.Transaction,
    keys: string[],
  ): Promise<Map<string, string>> {
    const keyOf = new Map(
      keys.flatMap(key => {
        const userRef = userRefOf(key);
        return userRef === undefined ? [] : [[userRef, key] as const];
      }),
    );
    const ids = new Map<string, string>();
    for (const chunk of chunksOf([...keyOf.keys()])) {
      const rows = await transaction('person')
        .whereIn('user_ref', chunk)
        .whereNull('erased_at')
        .orderBy('id', 'desc')
        .select('id', 'user_ref');
      for (const { id, user_ref } of rows) {
        ids.set(keyOf.get(user_ref)!, id);
      }
    }
    return ids;
  }

  async #idsOf(
    transaction: Knex.Transaction,
    keys: string[],
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const chunk of chunksOf(keys)) {
      const rows = await transaction('person_alias')
        .whereIn(
          ['namespace', 'key'],
          chunk.map(key => {
            const { namespace, key: alias } = splitKey(key);
            return [namespace, alias];
          }),
        )
        .select('namespace', 'key', 'person_id');
      for (const row of rows) {
        ids.set(joinKey(row.namespace, row.key), row.person_id);
      }
    }
    return ids;
  }

  async #improveNames(options: {
    transaction: Knex.Transaction;
    wanted: Map<string, ObservedPerson>;
    ids: Map<string, string>;
    missing: string[];
  }): Promise<void> {
    const { transaction, wanted, ids, missing } = options;
    const fresh = new Set(missing);
    const names = new Map<string, string>();
    for (const [key, person] of wanted) {
      const name = nameOf(person);
      const id = ids.get(key);
      if (!fresh.has(key) && name && id) {
        names.set(id, name);
      }
    }
    for (const chunk of chunksOf([...names.keys()].sort())) {
      const rows = await transaction('person')
        .whereIn('id', chunk)
        .whereNull('erased_at')
        .select('id', 'name')
        .orderBy('id');
      for (const { id, name } of rows) {
        const said = names.get(id) as string;
        if (said !== name && better(said, name ?? '')) {
          await transaction('person').where({ id }).update({ name: said });
        }
      }
    }
  }
}

/** What a person is told apart by: namespace and lower-case key. */
export function personKey(person: ObservedPerson): string {
  return joinKey(
    person.namespace.toLowerCase(),
    person.key.trim().toLowerCase(),
  );
}

function joinKey(namespace: string, key: string): string {
  return `${namespace}\0${key}`;
}

function splitKey(joined: string): { namespace: string; key: string } {
  const [namespace, key] = joined.split('\0');
  return { namespace, key };
}

function userRefOf(joined: string): string | undefined {
  const { namespace, key } = splitKey(joined);
  return namespace === USER_NAMESPACE ? key : undefined;
}

function nameOf(person: ObservedPerson | undefined): string | undefined {
  return person?.name?.trim().slice(0, 255) || undefined;
}

// The fuller name, whichever comes first: the same in any order.
function better(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length > b.length;
}

function preferred(
  known: ObservedPerson | undefined,
  next: ObservedPerson,
): ObservedPerson {
  return known && !better(nameOf(next) ?? '', nameOf(known) ?? '')
    ? known
    : next;
}
