import { TestDatabases } from '@backstage/backend-test-utils';
import {
  change,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { toNumber } from '../database';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

describe.each(databases.eachSupportedId())('relinking on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });

  async function versions(serviceId: string): Promise<string[]> {
    await hub.derive();
    const rows = await hub
      .database('deployment')
      .where({ service_id: serviceId })
      .orderBy('finished_at')
      .select('version');
    return rows.map(row => row.version);
  }

  const past = ['1.0.0', '1.1.0'].map((versionName, i) =>
    deployment({
      key: `d${i}`,
      application: 'billing',
      versionName,
      finishedAt: i * 1000,
    }),
  );

  it('a service annotated today gets its whole past', async () => {
    await hub.addService({ id: 'a', ref: 'component:default/payments-api' });
    await hub.observe(GIT, past);
    expect(await versions('a')).toEqual([]);
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'day2/gitops-path': 'apps/billing' },
    });
    expect(await versions('a')).toEqual(['1.0.0', '1.1.0']);
    expect(await hub.database('link')).toMatchObject([
      {
        service_id: 'a',
        via: 'gitops-path',
        reason: expect.stringContaining('apps/billing'),
      },
    ]);
  });

  it('a past that goes to another service leaves the first', async () => {
    await hub.addService({ id: 'a', ref: 'component:default/billing' });
    await hub.observe(GIT, past);
    expect(await versions('a')).toHaveLength(2);
    await hub.addService({
      id: 'b',
      ref: 'component:default/invoices',
      annotations: { 'day2/gitops-path': 'apps/billing/**' },
    });
    expect(await versions('b')).toEqual(['1.0.0', '1.1.0']);
    expect(await versions('a')).toEqual([]);
    expect(await hub.database('timeline').where({ service_id: 'a' })).toEqual(
      [],
    );
  });

  it('a tie that ended is kept, and one that comes back is another', async () => {
    const slug = { 'github.com/project-slug': 'tern/shop' };
    const annotated = async (values: Record<string, string>) => {
      hub.time += 1000;
      await hub.addService({
        id: 'a',
        ref: 'component:default/cart',
        annotations: values,
      });
      await hub.derive();
    };
    await hub.observe(GIT, [
      change({ key: 'c', at: 1, touches: [repositoryTouch('shop')] }),
    ]);
    const from = hub.time;
    await annotated(slug);
    await annotated({});
    expect(await hub.database('record_service')).toEqual([]);
    await annotated(slug);
    await annotated(slug);
    expect(await hub.database('record_service')).toHaveLength(1);
    await annotated({ ...slug, 'day2/repository-path': 'cart' });
    const links = await hub.database('link').orderBy('valid_from');
    expect(
      links.map(link => [
        toNumber(link.valid_from) - from,
        link.valid_to === null ? undefined : toNumber(link.valid_to) - from,
        link.paths,
      ]),
    ).toEqual([
      [1000, 2000, null],
      [3000, 5000, null],
      [5000, undefined, '["cart"]'],
    ]);
  });

  it('an application of two services is both’s', async () => {
    for (const serviceId of ['a', 'b']) {
      await hub.addService({
        id: serviceId,
        ref: `component:default/${serviceId}`,
        annotations: { 'day2/gitops-path': 'apps/billing' },
      });
    }
    await hub.observe(GIT, past);
    expect(await versions('a')).toHaveLength(2);
    expect(await versions('b')).toHaveLength(2);
  });

  it('a name of two services links none, and the subject says so', async () => {
    await hub.addService({ id: 'a', ref: 'component:default/billing' });
    await hub.addService({ id: 'b', ref: 'component:other/billing' });
    await hub.observe(GIT, past);
    expect(await versions('a')).toEqual([]);
    expect(await hub.database('subject').first('match_note')).toEqual({
      match_note: expect.stringContaining('are all named billing'),
    });
  });

  it('traits of the latest observation count, withdrawn ones do not', async () => {
    await hub.addService({
      id: 'a',
      ref: 'component:default/a',
      annotations: { 'day2/image': 'ghcr.io/tern/old' },
    });
    await hub.addService({
      id: 'b',
      ref: 'component:default/b',
      annotations: { 'day2/image': 'ghcr.io/tern/new' },
    });
    const of = (image: string, key: string, finishedAt: number) => {
      const said = deployment({ key, versionName: key, finishedAt });
      said.subject.traits.images = [image];
      return said;
    };
    await hub.observe(GIT, [of('ghcr.io/tern/new', 'n', 2000)]);
    await hub.observe(GIT, [of('ghcr.io/tern/old', 'o', 1000)]);
    expect(await versions('b')).toEqual(['o', 'n']);
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'n', reason: 'history was rewritten' },
    ]);
    expect(await versions('b')).toEqual([]);
    expect(await versions('a')).toEqual(['o']);
  });

  it('narrows a shared repository by paths, and widens it again', async () => {
    const slug = { 'github.com/project-slug': 'tern/shop' };
    await hub.addService({
      id: 'a',
      ref: 'component:default/cart',
      annotations: { ...slug, 'day2/repository-path': 'cart' },
    });
    await hub.addService({
      id: 'b',
      ref: 'component:default/pricing',
      annotations: slug,
    });
    const commits = [['cart/a.ts'], ['pricing/b.ts'], undefined].map(
      (paths, i) =>
        change({
          key: `${shaOf(i)}:change`,
          at: i,
          sha: shaOf(i),
          repository: 'shop',
          touches: [repositoryTouch('shop')],
          paths,
        }),
    );
    await hub.observe(GIT, commits);
    await hub.derive();
    const ties = async (serviceId: string) =>
      (
        await hub
          .database('record_service')
          .where({ service_id: serviceId })
          .orderBy('at')
          .select('at', 'via')
      ).map(({ at, via }) => `${at} ${via}`);
    const via = 'its source is the repository shop';
    expect(await ties('a')).toEqual([
      `0 ${via}`,
      `2 ${via}; not all of its paths are known`,
    ]);
    expect(await ties('b')).toEqual([`0 ${via}`, `1 ${via}`, `2 ${via}`]);
    await hub.addService({
      id: 'a',
      ref: 'component:default/cart',
      annotations: slug,
    });
    await hub.derive();
    expect(await ties('a')).toHaveLength(3);
  });

  it('goes on with many changes where it was interrupted', async () => {
    const many = Array.from({ length: 700 }, (_, i) =>
      change({
        key: `k${i}`,
        at: i,
        touches: [repositoryTouch('shop')],
        sha: shaOf(i),
        repository: 'shop',
      }),
    );
    await hub.observe(GIT, many);
    await hub.derive();
    await hub.addService({
      id: 'a',
      ref: 'component:default/shop',
      annotations: { 'github.com/project-slug': 'tern/shop' },
    });
    const stop = new AbortController();
    const first = hub.worker.runUntilIdle({ signal: stop.signal });
    stop.abort();
    await first;
    expect((await hub.worker.pending()).subjects).toBeGreaterThan(0);
    await hub.derive();
    expect(await hub.database('record_service')).toHaveLength(700);
  });
});
