import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  deploymentRow,
  seedChange,
  seedService,
  timelineRow,
} from './__testUtils__/seed';
import { ChangeReads } from './changes/ChangeReads';
import { migrateDatabase } from './database';
import { DeploymentReads } from './deployments/DeploymentReads';
import type { Visibility } from './permissions/VisibleServices';
import { PersonReads } from './persons/PersonReads';
import { ServiceStore } from './services/ServiceStore';
import { TimelineReads } from './timeline/TimelineReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const all = { kind: 'all' } as const;
const range = { from: 0, to: 1_000_000 };

describe.each(databases.eachSupportedId())('reads on %p', id => {
  let database: Knex;
  let deployments: DeploymentReads;
  let changes: ChangeReads;
  let timeline: TimelineReads;
  let services: ServiceStore;

  beforeEach(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
    const persons = PersonReads.create({ database });
    deployments = DeploymentReads.create({ database, persons });
    changes = ChangeReads.create({ database, persons });
    timeline = TimelineReads.create({ database, persons });
    services = ServiceStore.create({ database });
    await seedService(database, { id: 'mine' });
    await seedService(database, { id: 'theirs' });
  });

  /** Walks to the end, inserting something newer between any two pages. */
  async function walk<T extends { id: string }>(
    list: (cursor?: string) => Promise<{ items: T[]; nextCursor?: string }>,
    insert: (index: number) => Promise<unknown>,
  ): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await list(cursor);
      ids.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
      await insert((pages += 1));
    } while (cursor && pages < 100);
    return ids;
  }

  const seeded = Array.from({ length: 23 }, (_, index) => ({
    id: `r${String(index).padStart(2, '0')}`,
    // Several in one millisecond, so that the id has to break ties.
    at: 1_000 + Math.floor(index / 5),
  }));
  const expected = [...seeded]
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .map(row => row.id);

  it('pages deployments without gaps or doubles while new ones come', async () => {
    await database('deployment').insert(
      seeded.map(row =>
        deploymentRow({ id: row.id, service_id: 'mine', finished_at: row.at }),
      ),
    );
    const ids = await walk(
      cursor =>
        deployments.list({ serviceId: 'mine', range, cursor, limit: 4 }),
      index =>
        database('deployment').insert(
          deploymentRow({
            id: `new${index}`,
            service_id: 'mine',
            finished_at: 2_000 + index,
          }),
        ),
    );
    expect(ids).toEqual(expected);
  });

  it('pages the timeline without gaps or doubles while new entries come', async () => {
    await database('timeline').insert(
      seeded.map(row => timelineRow({ ...row, service_id: 'mine' })),
    );
    const ids = await walk(
      cursor => timeline.list({ serviceId: 'mine', range, cursor, limit: 4 }),
      index =>
        database('timeline').insert(
          timelineRow({ id: `new${index}`, service_id: 'mine', at: 2_000 }),
        ),
    );
    expect(ids).toEqual(expected);
  });

  it('pages changes, each once though tied to several environments', async () => {
    for (const row of seeded) {
      await seedChange(database, {
        ...row,
        services: [
          { id: 'mine', environment: 'staging' },
          { id: 'mine', environment: 'production' },
        ],
      });
    }
    const ids = await walk(
      cursor =>
        changes.list({
          serviceId: 'mine',
          range,
          cursor,
          limit: 4,
          visibleAmong: async () => all,
        }),
      index =>
        seedChange(database, {
          id: `new${index}`,
          at: 2_000,
          services: [{ id: 'mine' }],
        }),
    );
    expect(ids).toEqual(expected);
  });

  it('pages services by title', async () => {
    for (const name of ['b', 'a', 'd', 'c']) {
      await seedService(database, { id: `x-${name}`, title: 'Same title' });
    }
    const ids = await walk(
      cursor => services.list({ visible: all, cursor, limit: 2 }),
      async () => {},
    );
    expect([...ids].sort()).toEqual([
      'mine',
      'theirs',
      'x-a',
      'x-b',
      'x-c',
      'x-d',
    ]);
  });

  it('keeps to the half-open range, the environment and the kind', async () => {
    await database('timeline').insert([
      timelineRow({ id: 'before', service_id: 'mine', at: 9 }),
      timelineRow({ id: 'first', service_id: 'mine', at: 10, kind: 'change' }),
      timelineRow({
        id: 'staging',
        service_id: 'mine',
        at: 11,
        environment: 'staging',
      }),
      timelineRow({
        id: 'production',
        service_id: 'mine',
        at: 12,
        environment: 'production',
      }),
      timelineRow({ id: 'end', service_id: 'mine', at: 20 }),
      timelineRow({ id: 'other', service_id: 'theirs', at: 12 }),
    ]);
    const list = async (more: object) =>
      (
        await timeline.list({
          serviceId: 'mine',
          range: { from: 10, to: 20 },
          limit: 10,
          ...more,
        })
      ).items.map(item => item.id);
    await expect(list({})).resolves.toEqual(['production', 'staging', 'first']);
    await expect(list({ environment: 'production' })).resolves.toEqual([
      'production',
      'first',
    ]);
    await expect(list({ kinds: ['change'] })).resolves.toEqual(['first']);
  });

  it('takes the wildcards of a search literally', async () => {
    await database('timeline').insert(
      ['100 % done', '100 times', 'a_b', 'aXb', 'back\\slash'].map(
        (title, index) =>
          timelineRow(
            { id: `t${index}`, service_id: 'mine', at: index + 1 },
            { title },
          ),
      ),
    );
    const find = async (text: string) =>
      (
        await timeline.list({ serviceId: 'mine', range, limit: 10, text })
      ).items.map(item => item.title);
    await expect(find('100 %')).resolves.toEqual(['100 % done']);
    await expect(find('A_B')).resolves.toEqual(['a_b']);
    await expect(find('k\\s')).resolves.toEqual(['back\\slash']);
  });

  it('joins names when it reads, and keeps the id of an erased person', async () => {
    await database('person').insert([
      { id: 'p1', name: 'Ana', user_ref: 'user:default/ana', created_at: 0 },
      { id: 'p2', name: null, erased_at: 1, created_at: 0 },
    ]);
    await database('deployment').insert([
      deploymentRow(
        { id: 'd1', service_id: 'mine', finished_at: 2 },
        { actorId: 'p1' },
      ),
      deploymentRow(
        { id: 'd2', service_id: 'mine', finished_at: 1 },
        { actorId: 'p2' },
      ),
    ]);
    const { items } = await deployments.list({
      serviceId: 'mine',
      range,
      limit: 10,
    });
    expect(items.map(item => item.actor)).toEqual([
      { id: 'p1', name: 'Ana', userRef: 'user:default/ana' },
      { id: 'p2', name: undefined, userRef: undefined },
    ]);
  });

  it('narrows to thousands of visible services', async () => {
    const serviceIds = Array.from({ length: 20_000 }, (_, n) => `many-${n}`);
    await seedService(database, { id: 'many-7' });
    const { items } = await services.list({
      visible: { kind: 'some', serviceIds },
      limit: 10,
    });
    expect(items.map(item => item.id)).toEqual(['many-7']);
    await expect(
      services.list({ visible: { kind: 'none' }, limit: 10 }),
    ).resolves.toMatchObject({ items: [] });
  });

  it('names no service and no deployment that is not visible', async () => {
    await seedChange(database, {
      id: 'shared',
      at: 5,
      sha: 'abc',
      services: [{ id: 'mine' }, { id: 'theirs', environment: 'production' }],
    });
    await database('deployment').insert([
      deploymentRow({ id: 'd-mine', service_id: 'mine', finished_at: 6 }),
      deploymentRow({ id: 'd-theirs', service_id: 'theirs', finished_at: 6 }),
    ]);
    await database('deployment_commit').insert(
      ['d-mine', 'd-theirs'].map(deployment => ({
        deployment_id: deployment,
        repository: 'app',
        sha: 'abc',
      })),
    );
    const asked: string[][] = [];
    const open = async (visible: Visibility) =>
      changes.byId({
        id: 'shared',
        visibleAmong: async serviceIds => {
          asked.push([...serviceIds].sort());
          return visible;
        },
      });
    const mine: Visibility = { kind: 'some', serviceIds: ['mine'] };
    const found = await open(mine);
    // Of a thousand services only those it concerns are asked for.
    expect(asked).toEqual([['mine', 'theirs']]);
    expect(found?.visible).toEqual(mine);
    expect(found?.change.services.map(service => service.ref)).toEqual([
      'component:default/mine',
    ]);
    expect(found?.change.deploymentIds).toEqual(['d-mine']);
    await expect(open(all)).resolves.toMatchObject({
      change: { deploymentIds: ['d-mine', 'd-theirs'] },
    });
    await expect(open({ kind: 'none' })).resolves.toBeUndefined();
    await expect(
      deployments.byId({ id: 'd-theirs', visible: mine }),
    ).resolves.toBeUndefined();
    // In the list of a service that the caller sees, the others are asked for.
    const { items } = await changes.list({
      serviceId: 'mine',
      range,
      limit: 5,
      visibleAmong: async serviceIds => {
        asked.push(serviceIds);
        return { kind: 'none' };
      },
    });
    expect(asked[asked.length - 1]).toEqual(['theirs']);
    expect(items.map(({ services: touched }) => touched)).toEqual([
      [expect.objectContaining({ ref: 'component:default/mine' })],
    ]);
    expect(items[0].deploymentIds).toEqual(['d-mine']);
  });

  it.each([
    ['äpfel', 'Äpfel zählen'],
    ['ZÄHLEN', 'Äpfel zählen'],
    // An a with a mark of its own, as some file systems and editors write it.
    ['A\u0308PFEL', 'Äpfel zählen'],
    ['straße', 'Straße'],
    ['привет', 'Привет'],
    ['100 %', '100 % done'],
  ])('finds %s in any case, a change as its line', async (text, title) => {
    const titles = ['Äpfel zählen', 'Straße', 'Привет', '100 % done', '100x'];
    for (const [index, each] of titles.entries()) {
      await seedChange(database, {
        id: `c${index}`,
        at: index + 1,
        title: each,
        services: [{ id: 'mine' }],
      });
    }
    await database('timeline').insert(
      titles.map((each, index) =>
        timelineRow(
          { id: `t${index}`, service_id: 'mine', at: index + 1 },
          { title: each },
        ),
      ),
    );
    const asked = { serviceId: 'mine', range, limit: 10, text };
    const listed = await changes.list({
      ...asked,
      visibleAmong: async () => all,
    });
    const lines = await timeline.list(asked);
    expect(listed.items.map(item => item.title)).toEqual([title]);
    expect(lines.items.map(item => item.title)).toEqual([title]);
  });

  it('finds a record by the id of one merged into it', async () => {
    await database('deployment').insert(
      deploymentRow({ id: 'kept', service_id: 'mine', finished_at: 6 }),
    );
    await database('record_alias').insert({
      alias: 'gone',
      record_id: 'kept',
      at: 7,
    });
    const found = await deployments.byId({ id: 'gone', visible: all });
    expect(found?.deployment.id).toBe('kept');
  });
});
