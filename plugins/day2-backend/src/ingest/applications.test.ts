import { TestDatabases } from '@backstage/backend-test-utils';
import { application, deployment } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const ARGOCD = 'argocd:eu';

describe.each(databases.eachSupportedId())('applications on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });

  async function payload(): Promise<Record<string, any>> {
    const row = await hub.database('observation').first('payload');
    return JSON.parse(row.payload);
  }

  async function dirty(): Promise<number[]> {
    const rows = await hub.database('dirty_application').select('generation');
    return rows.map(({ generation }) => generation);
  }

  it('a state is true as a whole: nothing older stays, persons are ids', async () => {
    const actor = { namespace: 'email', key: 'ana@tern.example', name: 'A B' };
    const first = application({
      key: 'app:u1',
      version: 7,
      health: 'degraded',
      healthMessage: 'A B broke it, token=abcdefghijklmnop',
      operation: { phase: 'failed', actor, automated: false, revisions: [] },
    });
    await hub.observe(ARGOCD, [first]);
    expect(await payload()).toMatchObject({
      healthMessage: expect.not.stringContaining('A B'),
      operation: { phase: 'failed', actorId: expect.any(String) },
    });
    expect((await payload()).operation).not.toHaveProperty('actor');
    expect(await hub.database('observation').first()).toMatchObject({
      kind: 'application',
      environment: 'production',
      environment_word: 'prod',
      subject_id: expect.any(String),
    });

    await hub.observe(ARGOCD, [application({ key: 'app:u1', version: 8 })]);
    expect(await payload()).not.toHaveProperty('healthMessage');
    expect(await payload()).not.toHaveProperty('operation');
    await hub.observe(ARGOCD, [first]);
    expect(await payload()).toMatchObject({ health: 'healthy' });
  });

  it('what is taken in, changed, tied anew or withdrawn is to derive', async () => {
    const app = application({ key: 'app:u1' });
    await hub.observe(ARGOCD, [app]);
    expect(await dirty()).toEqual([1]);
    await hub.observe(ARGOCD, [app]);
    expect(await dirty()).toEqual([1]);
    await hub.observe(ARGOCD, [{ ...app, version: 2, health: 'degraded' }]);
    const [changed] = await dirty();
    expect(changed).toBeGreaterThan(1);
    await hub.addService({ id: 's1', ref: 'component:default/payments-api' });
    await hub.database('dirty_application').delete();
    await hub.subjects.markDue({ all: true });
    await hub.derive();
    expect(await hub.database('link').select('service_id')).toEqual([
      { service_id: 's1' },
    ]);
    await hub.observe(ARGOCD, [
      { kind: 'withdrawn', keyPrefix: 'app:u1', reason: 'deleted' },
    ]);
    expect(await dirty()).toHaveLength(1);
  });

  it('a sync that names a revision lets it be looked up, a desired commit does not', async () => {
    const said = deployment({
      key: 'u1:0',
      versionName: '1.0.0',
      finishedAt: 1,
      manifestRevision: { repository: 'gitops', sha: 'a'.repeat(40) },
    });
    await hub.observe('git:gitops', [said]);
    expect(await dirty()).toEqual([]);
    const { versionName: _, ...sync } = said;
    await hub.observe(ARGOCD, [{ ...sync, basis: 'synced' }]);
    expect(await dirty()).toHaveLength(1);
  });

  it('what cannot be taken in is noted as not seen, until it can be', async () => {
    const good = application({ key: 'app:u1', version: 7 });
    const bad = { ...good, version: 8, images: ['x'.repeat(1001)] };
    const unseen = async () =>
      (await hub.database('application_unseen').orderBy('key')).map(
        ({ key, since, reason }) => [key, Number(since), reason],
      );
    await hub.observe(ARGOCD, [good, application({ key: 'app:u2' })]);
    expect(await unseen()).toEqual([]);
    await hub.observe(ARGOCD, [bad]);
    const since = hub.time;
    const noted = [
      'app:u1',
      since,
      expect.stringMatching(/could not be understood \(images\.0: /),
    ];
    expect(await unseen()).toEqual([noted]);
    // What the source itself says of others, or of this, does not undo it.
    hub.time += 60_000;
    await hub.observe(ARGOCD, [bad], {
      unseen: [{ key: 'app:u2', since: 5, reason: 'refused' }],
    });
    expect(await unseen()).toEqual([noted, ['app:u2', 5, 'refused']]);
    await hub.observe(ARGOCD, [], {
      unseen: [{ key: 'app:u1', since: 6, reason: 'refused' }],
    });
    await hub.observe(ARGOCD, [], { unseen: [] });
    expect(await unseen()).toEqual([noted]);
    // Of several the last counts; the same again is taken in as well.
    await hub.observe(ARGOCD, [bad, good]);
    expect(await unseen()).toEqual([]);
    await hub.observe(ARGOCD, [good, bad]);
    expect(await unseen()).toHaveLength(1);
    // It is not kept for what stands no longer.
    await hub.observe(ARGOCD, [
      { kind: 'withdrawn', keyPrefix: 'app:u1', reason: 'deleted' },
    ]);
    await hub.observe(ARGOCD, [application({ key: 'app:u2', version: 2 })], {
      pass: { id: 'p1', complete: true, kinds: ['application'] },
    });
    expect(await unseen()).toEqual([]);
  });

  it('what names neither a version nor a revision is set aside', async () => {
    const { versionName: _, ...sync } = deployment({
      key: 'u1:0',
      versionName: '1.0.0',
      finishedAt: 1,
    });
    expect(await hub.observe(ARGOCD, [sync])).toMatchObject({ rejected: 1 });
    expect((await hub.database('quarantine').first('reason')).reason).toMatch(
      /names neither a version nor the revision/,
    );
  });
});
