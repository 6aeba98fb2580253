import { TestDatabases } from '@backstage/backend-test-utils';
import { deployment } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('posted deployments on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 's1', ref: 'component:default/payments-api' });
  });

  async function deployments(): Promise<Record<string, any>[]> {
    await hub.derive();
    return hub.database('deployment').orderBy(['finished_at', 'id']);
  }

  const posted = deployment({
    key: 'p1',
    versionName: '1.0.0',
    finishedAt: 1000,
    basis: 'event',
    subject: {
      key: 'component:default/payments-api',
      kind: 'service',
      traits: { entityRef: 'component:default/payments-api' },
    },
  });
  const idempotency = { principal: 'user:a', key: 'k', bodyHash: 'h' };

  it('are taken in once for each key', async () => {
    const post = () =>
      hub.ingest.applyPosted({ observation: posted, idempotency });
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(answers.every(({ key }) => key === 'k')).toBe(true);
    expect(await deployments()).toMatchObject([
      { version: '1.0.0', basis: 'event' },
    ]);
  });

  it('conflict where the key came with another body', async () => {
    await hub.ingest.applyPosted({ observation: posted, idempotency });
    await expect(
      hub.ingest.applyPosted({
        observation: posted,
        idempotency: { ...idempotency, bodyHash: 'other' },
      }),
    ).rejects.toThrow('another body');
    // Keys are the principal's own.
    await expect(
      hub.ingest.applyPosted({
        observation: { ...posted, key: 'p2' },
        idempotency: { ...idempotency, principal: 'user:b' },
      }),
    ).resolves.toEqual({ repeated: false, key: 'k' });
  });

  it('are refused as a whole where they are not well formed', async () => {
    await expect(
      hub.ingest.applyPosted({
        observation: { ...posted, versionName: '' },
        idempotency,
      }),
    ).rejects.toThrow('versionName');
    expect(await hub.database('idempotency')).toEqual([]);
  });
});
