import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathMatches } from '@day2/backstage-plugin-day2-common';
import { createGitServer } from '@day2/backstage-plugin-day2-node/testUtils';
import { componentEntityV1alpha1Validator } from '@backstage/catalog-model';
import { loadAll } from 'js-yaml';
import { importCommits } from '../__testUtils__/importCommits';
import { deployment } from '../__testUtils__/manifests';
import { catalogOf, discoverApplications } from './discoverApplications';

describe('discoverApplications', () => {
  const folder = mkdtempSync(join(tmpdir(), 'day2-discover-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds the applications of a repository over smart HTTP', async () => {
    const overlay =
      'resources: [../../base]\nimages: [{name: cart, newTag: "1"}]\n';
    importCommits({
      bare: join(folder, 'bare', 'tern-gitops.git'),
      start: Date.UTC(2026, 0, 1),
      commits: [
        {
          message: 'First',
          files: {
            'apps/cart/base/kustomization.yaml': 'resources: [d.yaml]\n',
            'apps/cart/base/d.yaml': deployment({
              name: 'cart',
              image: 'cart:0',
            }),
            'apps/cart/overlays/staging/kustomization.yaml': overlay,
            'apps/cart/overlays/production/kustomization.yaml': overlay,
            'charts/Search API!/values-production.yaml':
              'image: {repository: search, tag: "1"}\n',
            'production/flat/a.yaml': deployment({
              name: 'one',
              image: 'one:1',
            }),
            'production/flat/b.yaml': deployment({
              name: 'two',
              image: 'two:1',
            }),
            'README.md': 'x',
          },
        },
        { message: 'Gone', files: { 'production/flat/b.yaml': undefined } },
      ],
    });
    const server = await createGitServer({ directory: join(folder, 'bare') });
    try {
      const url = `${server.url}/tern-gitops.git`;
      const found = await discoverApplications({
        repositories: [{ url }, { name: 'tern-gitops-2', url }],
        directory: join(folder, 'mirrors'),
      });
      expect(new Set(found.map(({ repository }) => repository))).toEqual(
        new Set(['tern-gitops', 'tern-gitops-2']),
      );
      // Where the source looks for them, so that nothing is cloned twice.
      const mirrors = readdirSync(join(folder, 'mirrors'));
      expect(mirrors).toHaveLength(2);
      // Which comes first depends on the port, of which the rest is a hash.
      expect(mirrors).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^tern-gitops-2-[0-9a-f]{8}$/),
          expect.stringMatching(/^tern-gitops-[0-9a-f]{8}$/),
        ]),
      );
      const first = found.slice(0, 3);
      expect(
        first.map(({ name, environments }) => [name, ...environments]),
      ).toEqual([
        ['Search-API', 'production'],
        ['cart', 'production', 'staging'],
        ['flat', 'production'],
      ]);
      expect(new Set(found.map(({ name }) => name.toLowerCase())).size).toBe(6);
      const entities = loadAll(catalogOf(found)) as any[];
      for (const entity of entities) {
        await expect(
          componentEntityV1alpha1Validator.check(entity),
        ).resolves.toBe(true);
        expect(entity.metadata.name).toMatch(
          /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
        );
        expect(entity.spec).toMatchObject({
          type: 'service',
          owner: 'unknown',
        });
      }
      const [repository, pattern] = entities[1].metadata.annotations[
        'day2/gitops-path'
      ]
        .split(',')[0]
        .split(':');
      expect(repository).toBe('tern-gitops');
      expect(
        pathMatches({ pattern, path: 'apps/cart/overlays/production' }),
      ).toBe(true);
    } finally {
      await server.close();
    }
  }, 60_000);
});
