import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { deployment } from './__testUtils__/manifests';
import { TestGitops } from './__testUtils__/TestGitops';

jest.setTimeout(120_000);

describe('a GitOps repository with faults', () => {
  let gitops: TestGitops;

  beforeEach(() => {
    gitops = TestGitops.create();
  });

  afterEach(() => gitops.close());

  it('bad files are counted and stop nothing', async () => {
    gitops.repository.commit('First', {
      'production/cart/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:1',
      }),
      'production/cart/bad.yaml': 'a: [1\nb: }',
      'production/cart/template.yaml': 'a: {{ .x }}\n',
      'production/cart/huge.yaml': `a: ${'x'.repeat(5 * 1024 * 1024 + 1)}\n`,
      'chart/Chart.yaml': 'name: chart\n',
      'chart/templates/x.yaml': 'kind: Deployment\n',
    });
    gitops.repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${'1'.repeat(40)},production/module.yaml`,
    );
    gitops.repository.git('commit', '--quiet', '-m', 'A submodule');
    await gitops.read();
    expect(gitops.versions()).toEqual(['cart production 1']);
    expect(gitops.ledger.skipped).toMatchObject({
      'not YAML': 1,
      'Helm template': 2,
      'larger than 5 MB': 1,
      submodule: 1,
    });
  });

  it('an empty repository, then its first commit', async () => {
    gitops.last = await collect(gitops.source);
    expect(gitops.last.error).toBeUndefined();
    expect(gitops.last.batches[0].notices?.join()).toContain('empty');
    gitops.repository.commit('First', {
      'production/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
    });
    await gitops.read();
    expect(gitops.versions()).toEqual(['cart production 1']);
  });

  it.each([
    ['a branch that is not there', { branch: 'nope' }, 'not-found'],
    ['a repository that is not there', { url: '/nowhere/x.git' }, 'not-found'],
  ])('%s', async (_, options, code) => {
    gitops.repository.commit('First');
    gitops.repository.push();
    gitops.use(options);
    const run = await collect(gitops.source);
    expect(run.error).toMatchObject({ name: 'SourceError', code });
  });

  it('git that is not installed', async () => {
    gitops.use({ binary: 'git-that-is-not-there' });
    expect((await collect(gitops.source)).error).toMatchObject({
      code: 'misconfigured',
      fix: expect.stringContaining('apt-get install git'),
    });
  });

  it('asks once where nothing is new, and runs no hook', async () => {
    gitops.repository.commit('First', {
      'production/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
    });
    await gitops.read();
    await gitops.read();
    expect(gitops.last.batches).toHaveLength(1);
    expect(gitops.last.batches[0].observations).toEqual([]);
  });
});
