import type { MatchableSubject } from './matchFinding';
import type { MatchableService } from './ServiceIndex';
import { SubjectMatcher } from './SubjectMatcher';

function service(
  ref: string,
  annotations: Record<string, string> = {},
  more: Partial<MatchableService> = {},
): MatchableService {
  return {
    id: ref,
    refs: [ref],
    name: ref.split('/')[1],
    annotations,
    ...more,
  };
}

const cart = 'component:default/cart';
const shop = 'component:default/shop';

function match(
  services: MatchableService[],
  traits: MatchableSubject['traits'],
  kind = 'application',
) {
  const { matches, note } = SubjectMatcher.create({ services }).match({
    subject: { kind, traits },
  });
  return {
    found: matches.map(({ serviceId, rule }) => `${rule} ${serviceId}`),
    note,
    matches,
  };
}

describe('SubjectMatcher', () => {
  it.each<
    [string, MatchableService[], MatchableSubject['traits'], string[], string?]
  >([
    [
      'named outright',
      [service(cart)],
      { entityRef: 'Component:default/Cart' },
      [`entity-ref ${cart}`],
    ],
    [
      'named outright by a former ref',
      [service(cart, {}, { refs: [cart, 'component:default/basket'] })],
      { entityRef: 'component:default/basket' },
      [`entity-ref ${cart}`],
    ],
    [
      'the path annotation wins over the image and the name',
      [
        service(shop, { 'day2/gitops-path': 'apps/cart' }),
        service(cart, { 'day2/image': 'ghcr.io/tern/cart' }),
      ],
      { path: 'apps/cart/overlays/prod', images: ['ghcr.io/tern/cart'] },
      [`gitops-path ${shop}`],
    ],
    [
      'wildcards within and across folders',
      [
        service(cart, {
          'day2/gitops-path': 'x, clusters/*/cart/**/values.yaml',
        }),
      ],
      { path: 'clusters/eu-1/cart/a/b/values.yaml' },
      [`gitops-path ${cart}`],
    ],
    [
      'a path of another repository does not count',
      [service(shop, { 'day2/gitops-path': 'tern-helm:apps/shop' })],
      { repository: 'tern-gitops', path: 'apps/shopping' },
      [],
    ],
    [
      'a path of this repository counts, by name or slug',
      [
        service(shop, { 'day2/gitops-path': 'tern-gitops:teams/a' }),
        service(cart, { 'day2/gitops-path': 'tern/gitops:teams/a' }),
      ],
      {
        repository: 'tern-gitops',
        repositoryUrls: ['https://github.com/tern/gitops.git'],
        path: 'teams/a',
      },
      [`gitops-path ${cart}`, `gitops-path ${shop}`],
    ],
    [
      'the image annotation, without tag and registry’s implied parts',
      [service(shop, { 'day2/image': 'docker.io/library/nginx:1.2, other' })],
      { images: ['nginx'] },
      [`image ${shop}`],
    ],
    [
      'the name of an Argo CD application, from a list, before the image',
      [
        service(shop, { 'argocd/app-name': 'cart-staging, cart-production' }),
        service(cart, { 'day2/image': 'ghcr.io/tern/cart' }),
      ],
      {
        resource: { kind: 'Application', name: 'cart-production' },
        images: ['ghcr.io/tern/cart'],
      },
      [`argocd-app ${shop}`],
    ],
    [
      'a path before the name of an Argo CD application',
      [
        service(shop, { 'argocd/app-name': 'cart' }),
        service(cart, { 'day2/gitops-path': 'apps/cart.yaml' }),
      ],
      {
        resource: { kind: 'Application', name: 'cart' },
        path: 'apps/cart.yaml',
      },
      [`gitops-path ${cart}`],
    ],
    [
      'a selector of Argo CD applications',
      [service(shop, { 'argocd/app-selector': 'team=shop,stage in (live)' })],
      {
        resource: { kind: 'Application', name: 'x' },
        labels: { team: 'shop', stage: 'live' },
      },
      [`argocd-app ${shop}`],
    ],
    [
      'an Argo CD application of a named instance only',
      [
        service(shop, {
          'argocd/app-name': 'web',
          'argocd/instance-name': 'eu, us',
        }),
        service(cart, {
          'argocd/app-name': 'web',
          'argocd/instance-name': 'ap',
        }),
      ],
      { resource: { kind: 'Application', name: 'web' }, instance: 'us' },
      [`argocd-app ${shop}`],
    ],
    [
      'an instance restricts a selector, too',
      [
        service(shop, {
          'argocd/app-selector': 'team=shop',
          'argocd/instance-name': 'eu',
        }),
      ],
      {
        resource: { kind: 'Application', name: 'x' },
        labels: { team: 'shop' },
        instance: 'us',
      },
      [],
    ],
    [
      'an instance, project and namespace restrict nothing that is read from Git, which knows none',
      [
        service(shop, {
          'argocd/app-name': 'web',
          'argocd/instance-name': 'eu',
          'argocd/project-name': 'retail',
          'argocd/app-namespace': 'team-a',
        }),
      ],
      { resource: { kind: 'Application', name: 'web' } },
      [`argocd-app ${shop}`],
    ],
    [
      'another project or namespace',
      [
        service(shop, {
          'argocd/app-name': 'web',
          'argocd/project-name': 'retail',
        }),
        service(cart, {
          'argocd/app-name': 'web',
          'argocd/app-namespace': 'team-a',
        }),
      ],
      {
        resource: { kind: 'Application', name: 'web', namespace: 'argocd' },
        project: 'other',
      },
      [],
    ],
    [
      'all applications of an Argo CD project, where nothing else is said',
      [
        service(shop, { 'argocd/project-name': 'retail' }),
        service(cart, {
          'argocd/project-name': 'retail',
          'argocd/app-name': 'cart',
        }),
      ],
      { resource: { kind: 'Application', name: 'x' }, project: 'retail' },
      [`argocd-app ${shop}`],
    ],
    [
      'labels of an Argo CD application, wherever it lives',
      [
        service(shop, {
          'backstage.io/kubernetes-id': 'web',
          'backstage.io/kubernetes-namespace': 'shop',
        }),
      ],
      {
        resource: { kind: 'Application', name: 'x', namespace: 'argocd' },
        labels: { 'backstage.io/kubernetes-id': 'web' },
      },
      [`label ${shop}`],
    ],
    [
      'a selector of Argo CD applications that is not met',
      [service(shop, { 'argocd/app-selector': 'team=shop' })],
      {
        resource: { kind: 'Application', name: 'x' },
        labels: { team: 'cart' },
      },
      [],
    ],
    [
      'an Argo CD annotation says nothing of another kind of resource',
      [
        service(shop, { 'argocd/app-name': 'web' }),
        service(cart, { 'argocd/app-selector': 'team=shop' }),
      ],
      {
        resource: { kind: 'Deployment', name: 'web' },
        labels: { team: 'shop' },
      },
      [],
    ],
    [
      'a label selector',
      [
        service(shop, {
          'backstage.io/kubernetes-label-selector':
            'app=web,tier in (a,b),!canary',
        }),
      ],
      { labels: { app: 'web', tier: 'b' } },
      [`label ${shop}`],
    ],
    [
      'a label selector that is not met',
      [
        service(shop, {
          'backstage.io/kubernetes-label-selector': 'app=web,!canary',
        }),
      ],
      { labels: { app: 'web', canary: 'yes' } },
      [],
    ],
    [
      'the id label',
      [service(shop, { 'backstage.io/kubernetes-id': 'web' })],
      { labels: { 'backstage.io/kubernetes-id': 'web' } },
      [`label ${shop}`],
    ],
    [
      'another namespace than the annotated one does not count',
      [
        service(shop, {
          'backstage.io/kubernetes-id': 'web',
          'backstage.io/kubernetes-namespace': 'a',
        }),
      ],
      {
        labels: { 'backstage.io/kubernetes-id': 'web' },
        resource: { kind: 'Deployment', name: 'x', namespace: 'b' },
      },
      [],
    ],
    [
      'the instance label before the image’s name',
      [service(cart), service(shop)],
      {
        labels: { 'app.kubernetes.io/instance': 'shop' },
        images: ['ghcr.io/tern/cart'],
      },
      [`label ${shop}`],
    ],
    [
      'the image’s name',
      [service(cart)],
      { images: ['ghcr.io/tern/cart'], path: 'apps/shop' },
      [`image-name ${cart}`],
    ],
    [
      'the application’s name',
      [service(cart), service(shop)],
      { application: 'cart', path: 'apps/shop' },
      [`application-name ${cart}`],
    ],
    [
      'the deepest folder that is a name',
      [service(cart), service(shop)],
      { path: 'shop/cart/production' },
      [`application-name ${cart}`],
    ],
    [
      'a file without its ending',
      [service(cart)],
      { path: 'production/cart.env' },
      [`application-name ${cart}`],
    ],
    ['nothing', [service(cart)], { path: 'infra/dns' }, []],
    [
      'one that left the catalog only where no other fits',
      [
        service(cart, { 'day2/image': 'a' }, { removed: true }),
        service(shop, { 'day2/image': 'a' }),
      ],
      { images: ['a'] },
      [`image ${shop}`],
    ],
    [
      'one that left the catalog keeps its past',
      [service(cart, {}, { removed: true })],
      { application: 'cart' },
      [`application-name ${cart}`],
    ],
  ])('%s', (_, services, traits, expected) => {
    expect(match(services, traits).found).toEqual(expected);
  });

  it('links none where a name is several services’, and says so', () => {
    const twins = [service(cart), service('component:team-b/cart')];
    const { found, note } = match(twins, { application: 'cart' });
    expect(found).toEqual([]);
    expect(note).toContain('component:default/cart and component:team-b/cart');
    expect(note).toContain('day2/gitops-path');
  });

  it('both Argo CD annotations together are an error, and match nothing', () => {
    const both = {
      'argocd/app-name': 'web',
      'argocd/app-selector': 'team=shop',
    };
    const web = {
      resource: { kind: 'Application', name: 'web' },
      application: 'shop',
    };
    const { found, note } = match([service(shop, both)], web);
    expect(found).toEqual([]);
    expect(note).toBe(
      `${shop} has both argocd/app-name and argocd/app-selector, which is an error: keep one of them`,
    );
    // Another that names it soundly has it.
    expect(
      match(
        [service(shop, both), service(cart, { 'argocd/app-name': 'web' })],
        web,
      ).found,
    ).toEqual([`argocd-app ${cart}`]);
  });

  it('does not guess where an outright name is unknown', () => {
    const { found, note } = match([service(cart)], {
      entityRef: 'component:default/gone',
      application: 'cart',
    });
    expect(found).toEqual([]);
    expect(note).toBe('component:default/gone is not in the catalog');
  });

  it.each([
    ['url:https://github.com/Tern/Shop/tree/main/services/cart/', true],
    ['url:https://GitHub.com/tern/shop', true],
    ['https://github.com/tern/shop.git', true],
    ['url:https://github.com/tern/shop-2/', false],
    ['url:https://gitlab.com/tern/shop/', false],
    ['file:/somewhere', false],
  ])('source location %s', (location, expected) => {
    const { found } = match(
      [service(shop, { 'backstage.io/source-location': location })],
      { repositoryUrls: ['git@github.com:tern/shop.git'] },
      'repository',
    );
    expect(found.length > 0).toBe(expected);
  });

  it.each([
    [
      'github.com/project-slug',
      'tern/shop',
      ['ssh://git@ghe.tern.example:22/tern/shop'],
      true,
    ],
    [
      'github.com/project-slug',
      'tern/shop',
      ['https://gitlab.com/tern/shop'],
      false,
    ],
    [
      'gitlab.com/project-slug',
      'group/sub/shop',
      ['https://gitlab.com/group/sub/shop.git'],
      true,
    ],
    ['github.com/project-slug', 'Tern/Shop', ['tern/shop'], true],
  ])('%s %s', (annotation, slug, repositoryUrls, expected) => {
    const { found } = match(
      [service(shop, { [annotation]: slug })],
      { repositoryUrls },
      'repository',
    );
    expect(found.length > 0).toBe(expected);
  });

  it('services share a repository, each with its own paths', () => {
    const location = 'url:https://git.tern.example:8443/tern/shop/';
    const { matches } = match(
      [
        service(cart, {
          'backstage.io/source-location': location,
          'day2/repository-path': 'services/cart, libs/*',
        }),
        service(shop, { 'backstage.io/source-location': location }),
      ],
      { repositoryUrls: ['https://git.tern.example:8443/tern/shop.git'] },
      'repository',
    );
    expect(matches).toMatchObject([
      { serviceId: cart, paths: ['services/cart', 'libs/*'] },
      { serviceId: shop },
    ]);
    expect(matches[1].paths).toBeUndefined();
  });

  it('matches ten thousand services with ten thousand subjects in time', () => {
    const services = Array.from({ length: 10_000 }, (_, i) =>
      service(`component:default/s-${i}`, {
        'day2/gitops-path': `apps/s-${i}/**`,
      }),
    );
    const began = performance.now();
    const matcher = SubjectMatcher.create({ services });
    for (let i = 0; i < 10_000; i += 1) {
      const { matches } = matcher.match({
        subject: { kind: 'application', traits: { path: `apps/s-${i}/prod` } },
      });
      expect(matches).toHaveLength(1);
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
