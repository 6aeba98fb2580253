import { TestDatabases } from '@backstage/backend-test-utils';
import { createHash } from 'node:crypto';
import { deployment } from '../__testUtils__/observations';
import { deployed } from '../__testUtils__/payments';
import { TestHub } from '../__testUtils__/testHub';
import { deploymentStore } from './DeploymentStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

describe.each(databases.eachSupportedId())('ids of deployments on %s', id => {
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
    const found = await hub
      .database('deployment')
      .orderBy(['first_finished_at', 'id']);
    return found.map(row => ({ ...row, ...JSON.parse(row.record) }));
  }

  it('an id that changes with the first observation stays known', async () => {
    const on = (target: string, finishedAt: number) => ({
      ...deployed(1, finishedAt),
      target,
    });
    await hub.observe(GIT, [on('us-1', 3000)]);
    const [old] = await rows();
    await hub.observe(GIT, [on('eu-1', 2000)]);
    const [now, ...more] = await rows();
    expect(more).toEqual([]);
    expect(now.id).not.toBe(old.id);
    expect(
      await hub.database('record_alias').select('alias', 'record_id'),
    ).toEqual([{ alias: old.id, record_id: now.id }]);
    // Withdrawn again, the old id is the record's own.
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'd2000', reason: 'gone' },
    ]);
    expect((await rows()).map(row => row.id)).toEqual([old.id]);
    expect(
      await hub.database('record_alias').select('alias', 'record_id'),
    ).toEqual([{ alias: now.id, record_id: old.id }]);
  });

  it('is named by a hash of service, environment and first observation', async () => {
    await hub.observe(GIT, [deployed(1)]);
    const expected = createHash('sha256')
      .update(['a', 'production', GIT, 'd1000'].join('\0'))
      .digest('hex')
      .slice(0, 32);
    expect((await rows()).map(row => row.id)).toEqual([expected]);
  });

  it('an old id and its heir never stand together', async () => {
    const all = (target: string, shift: number) =>
      Array.from({ length: 60 }, (_, i) =>
        deployment({
          key: `${target}${i}`,
          target,
          versionName: `${i}.0.0`,
          finishedAt: 10_000 + i * 100 + shift,
        }),
      );
    await hub.observe(GIT, all('us-1', 10));
    await hub.derive();
    await hub.observe(GIT, all('eu-1', 0));
    const seen: number[] = [];
    const finish = deploymentStore.write;
    const write = jest
      .spyOn(deploymentStore, 'write')
      .mockImplementation(async (transaction, deployments) => {
        seen.push((await transaction('deployment')).length);
        await finish(transaction, deployments);
      });
    await hub.derive();
    write.mockRestore();
    expect(seen).toEqual([60, 60, 60]);
    expect(await hub.database('deployment')).toHaveLength(60);
    expect(await hub.database('record_alias')).toHaveLength(60);
  });
});
