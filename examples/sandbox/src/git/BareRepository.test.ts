import { join } from 'path';
import { testEnd, testStart } from '../__testUtils__/dates';
import { git, gitLines } from '../__testUtils__/git';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { createWorld } from '../world/createWorld';
import { DAY } from '../world/time';
import { BareRepository } from './BareRepository';

describe('the world in Git', () => {
  const folder = temporaryFolder();
  const { world, truth } = createWorld({
    seed: 3,
    start: testStart,
    end: testEnd,
  });
  const directory = (name: string) => join(folder, `${name}.git`);

  beforeAll(async () => {
    for (const model of world.state.repositories.values()) {
      await BareRepository.create({ folder, model });
    }
  }, 60_000);

  it('is sound', () => {
    for (const { name } of truth.repositories) {
      expect(() =>
        git(directory(name), 'fsck', '--strict', '--no-progress'),
      ).not.toThrow();
    }
  });

  it('has the commits that the truth tells, field by field', () => {
    for (const repository of truth.repositories) {
      const lines = gitLines(
        directory(repository.name),
        'log',
        '--reverse',
        '--topo-order',
        '--format=%H%x09%P%x09%an%x09%ae%x09%cn%x09%at%x09%ct%x09%s',
      ).sort();
      const told = repository.commits
        .map(c =>
          [
            c.sha,
            c.parents.join(' '),
            c.author.name,
            c.author.email,
            c.committer.name,
            Date.parse(c.authoredAt) / 1000,
            Date.parse(c.committedAt) / 1000,
            c.title,
          ].join('\t'),
        )
        .sort();
      expect(lines).toEqual(told);
      expect(
        gitLines(
          directory(repository.name),
          'rev-list',
          '--first-parent',
          'HEAD',
        ).length,
      ).toBe(repository.commits.filter(c => c.onMain).length);
    }
  });

  it('has files of every commit as the truth tells', () => {
    const repository = truth.repositories.find(r => r.name === 'tern-helm')!;
    for (const commit of repository.commits.slice(-25)) {
      expect(
        gitLines(
          directory('tern-helm'),
          'diff-tree',
          '-r',
          '--name-only',
          '--no-commit-id',
          `${commit.sha}^`,
          commit.sha,
        ).sort(),
      ).toEqual(commit.files);
    }
  });

  it('resolves every version to the commit it was built from', () => {
    const seen = new Map(
      truth.deployments.map(d => [`${d.service} ${d.version}`, d]),
    );
    expect(seen.size).toBeGreaterThan(300);
    for (const { service, version, application } of seen.values()) {
      const { tagShape } = truth.services.find(s => s.name === service)!;
      const revision = tagShape.endsWith('git-tag')
        ? `refs/tags/${version}`
        : version.split('-').at(-1)!;
      expect(
        git(
          directory(application.repository),
          'rev-parse',
          '--verify',
          `${revision}^{commit}`,
        ),
      ).toBe(application.sha);
    }
  }, 60_000);

  it('carries what git rev-list says, of a monorepo what touches its folders', () => {
    const shas = new Map(
      truth.deployments.map(d => [
        `${d.service} ${d.version}`,
        d.application.sha,
      ]),
    );
    const services = new Map(truth.services.map(s => [s.name, s]));
    let compared = 0;
    for (const deployment of truth.deployments) {
      const { service, previousVersion, application, carried } = deployment;
      if (!previousVersion || deployment.environment !== 'production') {
        continue;
      }
      const range = `${shas.get(`${service} ${previousVersion}`)}..${
        application.sha
      }`;
      const { folders } = services.get(service)!;
      // A merge touches what it brings to its first parent.
      const listed = gitLines(
        directory(application.repository),
        'log',
        '--diff-merges=first-parent',
        '--name-only',
        '--format=commit %H',
        range,
      )
        .join('\n')
        .split('commit ')
        .slice(1)
        .map(entry => entry.trim().split('\n'))
        .filter(
          ([, ...paths]) =>
            !folders ||
            paths.some(path =>
              folders.some(each => path.startsWith(`${each}/`)),
            ),
        )
        .map(([sha]) => sha);
      expect(carried.map(c => c.sha).sort()).toEqual(listed.sort());
      compared += carried.length;
    }
    expect(compared).toBeGreaterThan(500);
  }, 60_000);

  it('has in its files the versions that are live', () => {
    const cases: Array<[string, string, string, string]> = [
      [
        'payments-api',
        'tern-gitops',
        'apps/payments-api/overlays/production-us-1/kustomization.yaml',
        'newTag: ',
      ],
      [
        'checkout',
        'tern-gitops',
        'manifests/us-1/production/checkout.yaml',
        'registry.tern.example/checkout:',
      ],
      [
        'storefront-web',
        'tern-helm',
        'environments/production/storefront-web/values.yaml',
        'tag: ',
      ],
      [
        'warehouse-sync',
        'tern-compose',
        'production/.env',
        'WAREHOUSE_SYNC_TAG="',
      ],
      [
        'currency-rates',
        'tern-helm',
        'applications/production/currency-rates.yaml',
        'value: ',
      ],
    ];
    for (const [service, repository, path, before] of cases) {
      const live = truth.deployments.filter(
        d => d.service === service && d.environment === 'production',
      );
      const text = git(directory(repository), 'show', `main:${path}`);
      expect(
        text.includes(`${before}${live.at(-1)!.version}`) ||
          text.includes(`${before}'${live.at(-1)!.version}'`),
      ).toBe(true);
    }
  });

  it('is continued where it stands, and refuses another world', async () => {
    const later = createWorld({
      seed: 3,
      start: testStart,
      end: testEnd + 4 * DAY,
    });
    for (const model of later.world.state.repositories.values()) {
      await BareRepository.open({ folder, model });
      expect(git(directory(model.name), 'rev-parse', 'main')).toBe(
        model.head!.sha,
      );
    }
    const other = createWorld({ seed: 4, start: testStart, end: testEnd });
    await expect(
      BareRepository.open({
        folder,
        model: other.world.state.repositories.get('ledger')!,
      }),
    ).rejects.toThrow(/--reset/);
  }, 60_000);
});
