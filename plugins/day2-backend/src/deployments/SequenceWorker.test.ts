import { TestDatabases } from '@backstage/backend-test-utils';
import { deployment, commit } from '../__testUtils__/observations';
import { commits, deployed, repository, shas } from '../__testUtils__/payments';
import { TestHub } from '../__testUtils__/testHub';
import { toNumber } from '../database';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';
const APP = 'git:payments';

describe.each(databases.eachSupportedId())('deployments on %s', id => {
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

  async function carried(deploymentId: string): Promise<number[]> {
    const found = await hub
      .database('deployment_commit')
      .where({ deployment_id: deploymentId })
      .select('sha');
    return found.map(({ sha }) => shas.indexOf(sha) + 1).sort();
  }

  it('carry the commits since the one before, once those are read', async () => {
    await hub.observe(GIT, [deployed(1), deployed(4)]);
    const [, before] = await rows();
    expect(before).toMatchObject({
      application_sha: null,
      carried_count: 0,
      applicationRevisionNote: expect.stringContaining(
        'backstage.io/source-location',
      ),
    });
    expect(Boolean(before.carried_complete)).toBe(false);

    await hub.observe(APP, [repository]);
    expect((await rows())[1].applicationRevisionNote).toBe(
      'Short SHA in the version: commit 4444444a is not in payments as read so far',
    );

    await hub.observe(APP, commits);
    const [first, last] = await rows();
    expect(first).toMatchObject({
      application_sha: shas[0],
      carriedReason: 'First recorded deployment',
    });
    expect(last).toMatchObject({ application_sha: shas[3], carried_count: 3 });
    expect(Boolean(last.carried_complete)).toBe(true);
    expect(await carried(last.id)).toEqual([2, 3, 4]);
  });

  it('a late one takes its share from the next', async () => {
    await hub.observe(APP, [repository, ...commits]);
    await hub.observe(GIT, [deployed(1), deployed(4)]);
    await rows();
    await hub.observe(GIT, [deployed(3)]);
    const [, third, fourth] = await rows();
    expect(await carried(third.id)).toEqual([2, 3]);
    expect(await carried(fourth.id)).toEqual([4]);
    expect(fourth.previous_id).toBe(third.id);
  });

  it('a rollback carries nothing and restores', async () => {
    await hub.observe(APP, [repository, ...commits]);
    await hub.observe(GIT, [deployed(1), deployed(2), deployed(1, 9000)]);
    const [first, bad, back] = await rows();
    expect(bad).toMatchObject({ outcome: 'failed' });
    expect(back).toMatchObject({
      restores_id: first.id,
      rollback: { restoresId: first.id, replacesId: bad.id },
      carried_count: 0,
      carriedReason: 'A rollback carries nothing new',
    });
    const lines = await hub.database('timeline').where({ kind: 'deployment' });
    expect(lines.map(({ entry }) => JSON.parse(entry).status).sort()).toEqual([
      'failed',
      'ok',
      'ok',
    ]);
  });

  it('a short sha that two commits share is not guessed', async () => {
    await hub.observe(APP, [repository, ...commits]);
    await hub.observe(GIT, [deployed(1)]);
    expect((await rows())[0].application_sha).toBe(shas[0]);
    // A commit that comes later makes it ambiguous.
    await hub.observe(APP, [
      commit({ sha: `${shas[0].slice(0, 39)}f`, position: 9 }),
    ]);
    expect((await rows())[0]).toMatchObject({
      application_sha: null,
      applicationRevisionNote: expect.stringContaining('several commits'),
    });
  });

  it('tags are followed when they move', async () => {
    const tag = (version: number, sha: string) => ({
      kind: 'tag' as const,
      key: `tag:${version}`,
      version,
      repository: 'payments',
      name: 'v1.0.0',
      sha,
    });
    await hub.observe(APP, [repository, ...commits, tag(1, shas[1])]);
    await hub.observe(GIT, [
      deployment({ key: 't', versionName: '1.0.0', finishedAt: 5 }),
    ]);
    expect((await rows())[0]).toMatchObject({
      application_sha: shas[1],
      applicationRevisionNote:
        'The version is a Git tag: tag v1.0.0 in payments',
    });
    await hub.observe(APP, [tag(3, shas[2])]);
    await hub.observe(APP, [tag(2, shas[0])]);
    expect((await rows())[0].application_sha).toBe(shas[2]);
  });

  it('a runtime source takes over from Git', async () => {
    await hub.observe(GIT, [deployed(1), deployed(2)]);
    const [first, second] = await rows();
    expect(second.basis).toBe('desired');
    const live = {
      ...deployed(2),
      key: 'live',
      finishedAt: 2500,
      basis: 'synced' as const,
    };
    await hub.observe('argocd:eu', [live]);
    // From here on: what Git told before stays, and comes before it.
    const [past, only, ...more] = await rows();
    expect(more).toEqual([]);
    expect(past).toMatchObject({ basis: 'desired', version: first.version });
    expect(only).toMatchObject({ basis: 'synced', previous_id: past.id });
    expect(toNumber(only.finished_at)).toBe(2500);
    expect(only.sources).toHaveLength(2);
    expect(await hub.database('record_source')).toHaveLength(3);
    expect(
      await hub.database('timeline').where({ kind: 'deployment' }),
    ).toHaveLength(2);
  });

  it('what runs where is kept, however long ago it came there', async () => {
    const on = (target: string, n: number, finishedAt: number) => ({
      ...deployed(n, finishedAt),
      target,
    });
    await hub.observe(GIT, [
      on('us-1', 1, 10),
      ...Array.from({ length: 14 }, (_, i) =>
        on('eu-1', 1 + (i % 4), 1000 + i),
      ),
    ]);
    await hub.derive();
    const running = async () =>
      (await hub.database('running').orderBy('target')).map(
        row => `${row.target} ${row.version} ${row.since}`,
      );
    expect(await running()).toEqual([
      'eu-1 1.2.0-2222222a 1013',
      'us-1 1.1.0-1111111a 10',
    ]);
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'd1013', reason: 'gone' },
      { kind: 'withdrawn', keyPrefix: 'd10', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await running()).toEqual(['eu-1 1.1.0-1111111a 1012']);
  });

  it('replicas share the work, and what is marked meanwhile is done again', async () => {
    const replica = hub.replica();
    const all = Array.from({ length: 40 }, (_, i) => ({
      ...deployed(1 + (i % 4), i * 1000),
      environment: `env-${i % 8}`,
    }));
    await hub.observe(GIT, all.slice(0, 24));
    const running = [hub.derive(), replica.derive()];
    await hub.observe(GIT, all.slice(24));
    await Promise.all([...running, hub.derive(), replica.derive()]);
    await hub.derive();
    expect(await hub.database('record_source')).toHaveLength(40);
    expect(await hub.worker.pending()).toMatchObject({ sequences: 0 });
  });

  it('work of a replica that died is done by another', async () => {
    await hub.observe(GIT, [deployed(1)]);
    await hub
      .database('dirty_sequence')
      .update({ claimed_by: 'dead', claimed_until: hub.time + 30_000 });
    await hub.database('subject').update({ match_due: null });
    await hub.worker.runUntilIdle();
    const before = await hub.database('deployment');
    hub.time += 30_001;
    await hub.database('subject').update({ match_due: 1 });
    expect(before).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });
});
