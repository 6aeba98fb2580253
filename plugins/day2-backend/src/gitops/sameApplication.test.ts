import { TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { application, synced } from '../__testUtils__/applications';
import { shaOf } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { PersonReads } from '../persons/PersonReads';
import { ApplicationReads } from './ApplicationReads';
import { FleetReads } from './FleetReads';
import type { Observers } from './Observers';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const old = 'argocd:old';
const main = 'argocd:main';

/** An application with its syncs, by the numbers of their versions; ids begin at 0. */
function said(
  uid: string,
  versions: number[],
  more: Partial<Parameters<typeof application>[0]> = {},
): Observation[] {
  const subject = {
    key: uid,
    kind: 'application' as const,
    traits: { application: 'cart' },
  };
  return [
    application({
      uid,
      subject,
      name: 'cart-production',
      sync: 'synced',
      origins: [],
      ...more,
    }),
    ...versions.map((version, at) =>
      synced({
        uid,
        sha: shaOf(version),
        key: `${uid}:${at}`,
        subject,
        versionName: `v${version}`,
        finishedAt: version * 1000,
      }),
    ),
  ];
}

describe.each(databases.eachSupportedId())('one application on %p', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 'cart', ref: 'component:default/cart' });
  });

  const deployments = async (): Promise<string[]> => {
    await hub.derive();
    const rows = await hub.database('deployment').orderBy('finished_at');
    return rows.map(row => `${row.id} ${row.version}`);
  };

  /** Sources of what is listed, how many the tile sums, and the state in the fleet. */
  async function shown(fresh: string[], stale: string[] = []) {
    const { database } = hub;
    const persons = PersonReads.create({ database });
    const reads = ApplicationReads.create({ database, persons });
    const ranked = [...fresh, ...stale];
    const observers: Observers = {
      configured: [],
      fresh,
      ranked,
      of: source => ({
        id: source,
        title: source,
        stale: fresh.includes(source) ? undefined : 'away',
      }),
    };
    const visible = { kind: 'all' as const };
    const places = await reads.placesOf({ serviceId: 'cart', observers });
    const items = await reads.byIds({
      ids: places.map(place => place.id),
      visible,
      observers,
    });
    const summed = await reads.ofServices({ serviceIds: ['cart'], observers });
    const { sync } = await FleetReads.create({ database }).facets({
      visible,
      fresh,
      ranked,
    });
    return [
      items.map(({ source }) => source.id).sort(),
      summed.get('cart')?.length,
      sync.map(({ state }) => state),
    ];
  }

  it('that two instances show is one, and its deployments are', async () => {
    await hub.observe(main, said('u', [1, 2, 3]));
    const alone = await deployments();
    expect(alone.map(each => each.split(' ')[1])).toEqual(['v1', 'v2', 'v3']);
    await hub.observe(old, said('u', [1, 2, 3]));
    expect(await deployments()).toEqual(alone);
    expect(await shown([main, old])).toEqual([[main], 1, ['ok']]);
    expect(await shown([old, main])).toEqual([[old], 1, ['ok']]);
    // The one whose word holds is taken.
    expect(await shown([old], [main])).toEqual([[old], 1, ['ok']]);
  });

  it('of an instance that is renamed goes on under its new name', async () => {
    await hub.observe(old, said('u', [1, 2, 3]));
    const before = await deployments();
    expect(await shown([old])).toEqual([[old], 1, ['ok']]);
    // Not read under its new name yet: unknown, and not gone.
    expect(await shown([main])).toEqual([[old], 1, ['unknown']]);
    await hub.observe(main, said('u', [2, 3, 4]));
    const after = await deployments();
    expect(after.map(each => each.split(' ')[1])).toEqual([
      'v1',
      'v2',
      'v3',
      'v4',
    ]);
    // Links to them hold, under another id or the same.
    const aliases = await hub.database('record_alias').pluck('alias');
    const known = [...after.map(each => each.split(' ')[0]), ...aliases];
    for (const each of before) {
      expect(known).toContain(each.split(' ')[0]);
    }
    expect(await shown([main])).toEqual([[main], 1, ['ok']]);
    expect(await shown([], [main])).toEqual([[main], 1, ['unknown']]);
  });

  it('is another on another target, or by another name', async () => {
    await hub.observe(main, said('u', [1]));
    await hub.observe(old, said('u', [1], { target: 'us-1' }));
    await hub.derive();
    expect(await shown([main, old])).toEqual([[main, old].sort(), 2, ['ok']]);
  });

  it('that is deleted and made again under its name has its past, and doubles none of it', async () => {
    await hub.observe(main, said('u', [1, 2]));
    const before = await deployments();
    await hub.observe(main, [
      { kind: 'withdrawn', keyPrefix: 'app:u', reason: 'deleted' },
    ]);
    const [first, ...syncs] = said('again', [2]);
    await hub.observe(main, [
      first,
      ...syncs.map(each => ({ ...each, finishedAt: 2_500 } as Observation)),
    ]);
    expect(await deployments()).toEqual(before);
    expect(await shown([main])).toEqual([[main], 1, ['ok']]);
    await hub.observe(main, said('again', [2, 3]).slice(-1));
    expect((await deployments()).slice(0, 2)).toEqual(before);
    expect((await deployments()).map(each => each.split(' ')[1])).toEqual([
      'v1',
      'v2',
      'v3',
    ]);
  });
});
