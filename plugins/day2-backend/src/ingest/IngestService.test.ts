import { TestDatabases } from '@backstage/backend-test-utils';
import { TestHub } from '../__testUtils__/testHub';
import { deployment } from '../__testUtils__/observations';

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('IngestService on %s', id => {
  it('makes a deployment of an observation', async () => {
    const hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 's1', ref: 'component:default/payments-api' });
    const result = await hub.observe('git:tern-gitops', [
      deployment({ key: 'a:1', versionName: '1.0.0', finishedAt: 1000 }),
      deployment({ key: 'b:1', versionName: '1.1.0', finishedAt: 2000 }),
    ]);
    expect(result).toEqual({ applied: 2, ignored: 0, rejected: 0 });
    await hub.derive();
    const rows = await hub.database('deployment').orderBy('finished_at');
    expect(rows).toMatchObject([
      { service_id: 's1', environment: 'production', version: '1.0.0' },
      {
        service_id: 's1',
        environment: 'production',
        version: '1.1.0',
        previous_id: rows[0].id,
      },
    ]);
    expect(await hub.worker.pending()).toEqual({
      sequences: 0,
      subjects: 0,
      changes: 0,
    });
  });
});
