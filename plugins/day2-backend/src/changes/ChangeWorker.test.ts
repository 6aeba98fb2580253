import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { code, desired } from '../__testUtils__/changes';
import { shaOf } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { DeriveWorker } from '../derive';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

describe.each(databases.eachSupportedId())('changes on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
  });

  async function rows(): Promise<Record<string, any>[]> {
    await hub.derive();
    const found = await hub.database('change').orderBy('key');
    return found.map(row => ({ ...row, ...JSON.parse(row.record) }));
  }

  it('are of the code, the configuration or the version', async () => {
    await hub.observe(GIT, [
      code('a'),
      { ...desired({ fields: ['replicas'] }).changed, key: 'b' },
      { ...desired({ version: '2', fields: ['replicas'] }).changed, key: 'c' },
    ]);
    expect(
      (await rows()).map(({ kind, fieldCount }) => `${kind} ${fieldCount}`),
    ).toEqual(['code 0', 'configuration 1', 'version 1']);
    const [configuration] = await hub
      .database('timeline')
      .where('environment', 'production');
    expect(JSON.parse(configuration.entry)).toMatchObject({
      detail: 'replicas: 1 → 2',
    });
  });

  it.each<[string, boolean]>([
    ['the reverting one first', true],
    ['the reverted one first', false],
  ])('know of each other when one reverts the other: %s', async (_, first) => {
    const bad = code('bad');
    const revert = code('revert', {
      at: 2000,
      reverts: shaOf('bad'),
      marks: ['revert'],
    });
    for (const each of first ? [revert, bad] : [bad, revert]) {
      await hub.observe(GIT, [each]);
      await hub.derive();
    }
    const [was, by] = await rows();
    expect(was.revertedBy).toBe(shaOf('revert'));
    expect(by.reverts).toBe(shaOf('bad'));
    const flags = (await hub.database('timeline')).map(
      ({ entry }) => JSON.parse(entry).flags,
    );
    expect(flags).toContainEqual(['revert']);
    // Taken out of history, it reverts nothing any more.
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'revert', reason: 'rewritten' },
    ]);
    expect((await rows())[0].revertedBy).toBeUndefined();
  });

  it('are an emergency by their marks, with the reasons', async () => {
    await hub.observe(GIT, [
      code('a', { marks: ['hotfix', 'revert'] }),
      code('b', { marks: ['revert'] }),
    ]);
    const [hotfix, revert] = await rows();
    expect(hotfix.emergencyReasons).toEqual([
      { code: 'hotfix', text: expect.any(String) },
    ]);
    expect([hotfix, revert].map(row => Boolean(row.emergency))).toEqual([
      true,
      false,
    ]);
  });

  it('are superseded when withdrawn, and kept', async () => {
    await hub.observe(GIT, [code('a')]);
    await hub.derive();
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'a', reason: 'history was rewritten' },
    ]);
    expect(await rows()).toMatchObject([
      { state: 'superseded', supersededReason: 'history was rewritten' },
    ]);
    const [line] = await hub.database('timeline');
    expect(JSON.parse(line.entry)).toMatchObject({ flags: ['superseded'] });
  });

  it('follow the environments’ names when the configuration changes', async () => {
    const { said, changed } = desired({ version: '1', fields: ['cpu'] });
    await hub.observe(GIT, [said, changed]);
    await hub.derive();
    await DeriveWorker.create({
      database: hub.database,
      environments: [{ name: 'live', tier: 'production', match: ['prod'] }],
      logger: mockServices.logger.mock(),
      now: () => hub.time,
    }).runUntilIdle();
    const places = await hub
      .database('timeline')
      .distinct('environment', 'kind')
      .orderBy('kind');
    expect(places).toEqual([
      { environment: 'live', kind: 'change' },
      { environment: 'live', kind: 'deployment' },
    ]);
  });
});
