import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { DesiredState } from './desired/DesiredState';
import { deployment } from './__testUtils__/manifests';
import { TestGitops } from './__testUtils__/TestGitops';

jest.setTimeout(120_000);

describe('the history of a GitOps repository', () => {
  let gitops: TestGitops;

  beforeEach(() => {
    gitops = TestGitops.create();
  });

  afterEach(() => gitops.close());

  it('merges: against the first parent, with the authors of the branch', async () => {
    const path = 'production/cart/deployment.yaml';
    gitops.repository.commit('First', {
      [path]: deployment({ name: 'cart', image: 'cart:1' }),
    });
    gitops.repository.git('checkout', '--quiet', '-b', 'topic');
    gitops.repository.commit(
      'Two',
      { [path]: deployment({ name: 'cart', image: 'cart:2' }) },
      'Bo <bo@tern.example>',
    );
    gitops.repository.commit(
      'Three\n\nCo-authored-by: Chen <chen@tern.example>',
      { [path]: deployment({ name: 'cart', image: 'cart:3' }) },
      'Bo <bo@tern.example>',
    );
    gitops.repository.git('checkout', '--quiet', 'main');
    gitops.repository.commit('Aside', { 'README.md': 'x' });
    const merge = gitops.repository.merge(
      'topic',
      'Merge pull request #5 from org/hotfix/x\n\nFaster',
    );
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 3',
    ]);
    expect(gitops.changeOf(merge)).toMatchObject({
      isMerge: true,
      title: 'Faster',
      pullRequest: '#5',
      marks: ['hotfix'],
    });
    expect(gitops.changeOf(merge)?.authors.map(({ key }) => key)).toEqual([
      'ana@tern.example',
      'bo@tern.example',
      'chen@tern.example',
    ]);
    expect(gitops.deployments().map(({ order }) => order)).toEqual([1, 3]);
  });

  it('files that move stay the same application', async () => {
    const content = deployment({ name: 'cart', image: 'cart:1' });
    gitops.repository.commit('First', {
      'overlays/production/cart/deployment.yaml': content,
    });
    await gitops.read();
    const moved = gitops.repository.commit('Move', {
      'overlays/production/cart/deployment.yaml': undefined,
      'environments/production/cart/deployment.yaml': content,
    });
    await gitops.read();
    gitops.repository.commit('Release', {
      'environments/production/cart/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:2',
      }),
    });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 2',
    ]);
    expect(
      new Set(gitops.deployments().map(({ subject }) => subject.key)).size,
    ).toBe(1);
    expect(gitops.changeOf(moved)).toBeUndefined();
  });

  it('a force push withdraws what is no longer there, exactly', async () => {
    const path = 'production/cart/deployment.yaml';
    const commit = (version: string) =>
      gitops.repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    const first = commit('1');
    commit('2');
    const third = commit('3');
    await gitops.read();
    gitops.repository.git('reset', '--quiet', '--hard', first);
    commit('4');
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 4',
    ]);
    expect(
      gitops.last.batches[gitops.last.batches.length - 1].notices?.join(),
    ).toContain('2 commits are no longer on the branch');
    // And back again.
    gitops.repository.git('reset', '--quiet', '--hard', third);
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 2',
      'cart production 3',
    ]);
    expect(gitops.deployments().map(({ order }) => order)).toEqual([1, 2, 3]);
  });

  it('is read again from the beginning under higher versions, and stopped anywhere goes on', async () => {
    const path = 'production/cart/deployment.yaml';
    for (const version of ['1', '2', '3']) {
      gitops.repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    }
    await gitops.read();
    gitops.repository.git('commit', '--quiet', '--amend', '-m', 'Amended');
    gitops.repository.push();
    const { cursor } = gitops.last;
    const first = await collect(gitops.source, {
      cursor,
      reread: true,
      batches: 1,
    });
    const rest = await collect(gitops.source, { cursor: first.cursor });
    for (const batch of [...first.batches, ...rest.batches]) {
      gitops.ledger.apply(batch);
    }
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 2',
      'cart production 3',
    ]);
    expect(gitops.deployments().map(({ version }) => version)).toEqual([
      2, 2, 2,
    ]);
  });

  it('a commit that touches very many applications is split', async () => {
    const files: Record<string, string> = {};
    for (let n = 0; n < 700; n++) {
      files[`production/app-${n}/deployment.yaml`] = deployment({
        name: `app-${n}`,
        image: `app-${n}:1`,
      });
    }
    gitops.repository.commit('Everything', files);
    gitops.repository.commit('One', {
      'production/app-1/deployment.yaml': deployment({
        name: 'app-1',
        image: 'app-1:2',
      }),
    });
    await gitops.read();
    expect(gitops.deployments()).toHaveLength(701);
    expect(
      Math.max(...gitops.last.batches.map(batch => batch.observations.length)),
    ).toBeLessThanOrEqual(300);
    const total = 701;
    expect(
      gitops.last.batches.slice(0, 2).map(batch => batch.progress),
    ).toEqual([
      { done: 300, total, unit: 'items' },
      { done: 600, total, unit: 'items' },
    ]);

    // Slice by slice it is computed once; after a restart once more.
    const apply = jest.spyOn(DesiredState.prototype, 'apply');
    const resumed = ObservationLedger.create();
    gitops.use({});
    const first = await collect(gitops.source, { batches: 1 });
    const second = await collect(gitops.source, {
      batches: 1,
      cursor: first.cursor,
    });
    expect(apply).toHaveBeenCalledTimes(1);
    const same = await collect(gitops.source, { cursor: second.cursor });
    expect(same.error).toBeUndefined();
    expect(apply).toHaveBeenCalledTimes(2);
    gitops.use({});
    const rest = await collect(gitops.source, { cursor: second.cursor });
    expect(apply).toHaveBeenCalledTimes(4);
    expect(rest.batches).toEqual(same.batches);
    apply.mockRestore();
    [first, second, rest]
      .flatMap(run => run.batches)
      .forEach(batch => resumed.apply(batch));
    expect(resumed.fingerprint()).toBe(gitops.ledger.fingerprint());
  });
});
