import { deployment } from './__testUtils__/manifests';
import { TestGitops } from './__testUtils__/TestGitops';

jest.setTimeout(120_000);

describe('another configuration of a GitOps repository', () => {
  let gitops: TestGitops;

  beforeEach(() => {
    gitops = TestGitops.create();
  });

  afterEach(() => gitops.close());

  it('another configuration reads anew and leaves nothing of the old one', async () => {
    gitops.repository.commit('First', {
      'live/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
      'a/.env': 'TAG=1\n',
    });
    gitops.use({
      patterns: [{ files: '\\.env$', match: 'TAG=(?<version>.*)' }],
    });
    await gitops.read();
    expect(gitops.versions()).toEqual(['a - 1', 'cart live 1']);
    gitops.use({
      environments: [{ path: '^(?<environment>live)/' }],
      patterns: [{ files: 'x', match: '(?<version>x)' }],
    });
    await gitops.read();
    expect(gitops.versions()).toEqual(['cart live 1']);
  });

  it('another configuration of a commit that still has versions leaves only the new ones', async () => {
    gitops.repository.commit('First', {
      'production/.env': 'CART_TAG=1\nSHOP_TAG=1\n',
    });
    const pattern = (match: string) => ({
      patterns: [{ files: '\\.env$', match }],
    });
    gitops.use(pattern('^(?<application>[A-Z]+)_TAG=(?<version>.*)'));
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'CART production 1',
      'SHOP production 1',
    ]);
    gitops.use(pattern('^(?<application>CART)_TAG=(?<version>.*)'));
    await gitops.read();
    expect(gitops.versions()).toEqual(['CART production 1']);
    // And what came back comes back.
    gitops.use(pattern('^(?<application>[A-Z]+)_TAG=(?<version>.*)'));
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'CART production 1',
      'SHOP production 1',
    ]);
  });

  it('another branch leaves nothing of the one before', async () => {
    const path = 'production/cart/deployment.yaml';
    const commit = (version: string) =>
      gitops.repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    commit('1');
    gitops.repository.git('branch', 'prod');
    commit('2');
    gitops.repository.git('checkout', '--quiet', 'prod');
    const third = commit('3');
    gitops.use({ branch: 'main' });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 2',
    ]);
    gitops.use({ branch: 'prod' });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1',
      'cart production 3',
    ]);
    // From a date on, what was before it is no longer read.
    const at = Number(
      gitops.repository.git('log', '-1', '--format=%ct', third),
    );
    gitops.use({ branch: 'prod', since: new Date(at * 1000).toISOString() });
    await gitops.read();
    expect(gitops.versions()).toEqual(['cart production 3']);
  });
});
