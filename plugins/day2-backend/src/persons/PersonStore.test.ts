import { TestDatabases } from '@backstage/backend-test-utils';
import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { personKey, PersonStore } from './PersonStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

const ana = (name?: string): ObservedPerson => ({
  namespace: 'email',
  key: 'ana@tern.example',
  name,
});

describe.each(databases.eachSupportedId())('PersonStore on %s', id => {
  let database: Knex;
  let store: PersonStore;

  beforeEach(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
    store = PersonStore.create({ database });
  });

  async function resolve(...persons: ObservedPerson[]): Promise<string[]> {
    const ids = await database.transaction(transaction =>
      store.resolve({ transaction, persons, now: 1 }),
    );
    return persons.map(person => ids.get(personKey(person)) as string);
  }

  it('knows one person by one address, however it is written', async () => {
    const [a, b, c, d] = await resolve(
      ana('Ana'),
      { namespace: 'email', key: ' ANA@Tern.Example ' },
      { namespace: 'github', key: 'ana@tern.example' },
      { namespace: 'email', key: 'bo@tern.example', name: 'Ana' },
    );
    expect(a).toBe(b);
    expect(new Set([a, c, d]).size).toBe(3);
    expect(await resolve(ana())).toEqual([a]);
    expect(await database('person')).toHaveLength(3);
  });

  it('keeps the fuller name, whichever comes first', async () => {
    await resolve(ana('Ana Lima'));
    await resolve(ana('Ana'));
    expect(await database('person').first('name')).toEqual({
      name: 'Ana Lima',
    });
    await resolve(ana('Ana Maria Lima'), ana('A'));
    expect(await database('person').first('name')).toEqual({
      name: 'Ana Maria Lima',
    });
  });

  it('gives an erased person no name again', async () => {
    const [personId] = await resolve(ana('Ana'));
    await database('person')
      .where({ id: personId })
      .update({ name: null, user_ref: null, erased_at: 5 });
    await resolve(ana('Ana Lima'));
    await store.linkUsers([
      { userRef: 'user:default/ana', email: 'ana@tern.example' },
    ]);
    expect(await database('person').first('name', 'user_ref')).toEqual({
      name: null,
      user_ref: null,
    });
  });

  it('makes one person of two transactions at one moment', async () => {
    const [[a], [b]] = await Promise.all([
      resolve(ana('Ana')),
      resolve(ana('Ana')),
    ]);
    expect(a).toBe(b);
    expect(await database('person')).toHaveLength(1);
  });

  it('maps to catalog users by the exact address', async () => {
    await resolve(ana('Ana'), { namespace: 'github', key: 'bo' });
    expect(
      await store.linkUsers([
        { userRef: 'User:default/Ana', email: 'Ana@tern.example' },
        { userRef: 'user:default/bo', email: 'bo@tern.example' },
      ]),
    ).toEqual({ linked: 1 });
    expect(
      await database('person').whereNotNull('user_ref').select('user_ref'),
    ).toEqual([{ user_ref: 'user:default/ana' }]);
    // Her address is another one now.
    await store.linkUsers([
      { userRef: 'user:default/ana', email: 'ana.lima@tern.example' },
    ]);
    expect(await database('person').whereNotNull('user_ref')).toEqual([]);
  });
});
