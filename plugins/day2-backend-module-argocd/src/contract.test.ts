import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { describeApplication } from './mapping/describeApplication';
import { toApplication } from './mapping/toApplication';
import { toDeployments } from './mapping/toDeployments';
import { Application, ListedApplication } from './schema';

const data = resolve(__dirname, '../../../../shared/data/argocd');
const hasData = existsSync(data);

/** Those that were trimmed have no uid, which the API always gives. */
function read(file: string) {
  const raw = load(
    readFileSync(join(data, 'applications', file), 'utf8'),
  ) as Record<string, any>;
  raw.metadata.uid ??= 'a-uid';
  return raw;
}

function map(file: string) {
  const described = describeApplication(Application.parse(read(file)), {
    name: 'eu',
    frontendUrl: 'https://argocd.tern.example',
    environments: [],
  });
  return { state: toApplication(described), ...toDeployments(described) };
}

(hasData ? describe : describe.skip)(
  'real payloads, where they are beside the repository',
  () => {
    it('every application is read without failing', () => {
      const files = readdirSync(join(data, 'applications'));
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) {
        const raw = read(file);
        // A YAML that was cut off in its metadata has no spec.
        const whole = raw.spec !== undefined;
        expect([file, Application.safeParse(raw).success]).toEqual([
          file,
          whole,
        ]);
        expect(ListedApplication.safeParse(raw).success).toBe(true);
      }
    });

    it('an application with history says its syncs', () => {
      const { state, deployments } = map('applications-test-app.json');
      expect(state).toMatchObject({
        version: 2540554,
        sync: 'synced',
        health: 'healthy',
        resourceCount: 2,
        images: ['gcr.io/heptio-images/ks-guestbook-demo:0.2'],
        operation: { phase: 'succeeded', automated: false },
      });
      expect(deployments.map(({ key, basis }) => [key, basis])).toEqual([
        ['059f1d64-f5cb-4887-a142-0aeea61d5817:0', 'synced'],
        ['059f1d64-f5cb-4887-a142-0aeea61d5817:1', 'synced'],
      ]);
      expect(deployments[0].manifestRevision?.sha).toBe(
        '53e28ff20cc530b9ada2173fbbd64d48338583ba',
      );
    });

    it('an application with Helm parameters says the image tag', () => {
      const { state, deployments } = map('mockApplication.json');
      expect(state).toMatchObject({ environment: 'dev', health: 'healthy' });
      expect(deployments.map(({ versionName }) => versionName)).toEqual([
        'latest',
        'latest',
      ]);
    });

    it('parameters of another shape than Argo CD’s do not hide an application', () => {
      const { state, deployments } = map('preProdApplication.json');
      expect(state).toMatchObject({
        environment: 'preprod',
        health: 'degraded',
      });
      expect(deployments).toHaveLength(2);
    });

    it('a cluster by its name is the target', () => {
      expect(map('metrics_test_L37_fakeApp.yaml').state).toMatchObject({
        target: 'cluster1',
        project: 'important-project',
        operation: undefined,
      });
    });
  },
);

(hasData ? describe : describe.skip)(
  'the API’s description, where it is beside the repository',
  () => {
    const { paths, definitions } = hasData
      ? JSON.parse(readFileSync(join(data, 'swagger.json'), 'utf8'))
      : ({} as any);

    /** Follows a dotted path through the definitions; `[]` is an item. */
    function typeAt(path: string): string | undefined {
      let at: any = { $ref: '#/definitions/v1alpha1Application' };
      for (const step of path.split('.')) {
        at =
          definitions[at.$ref?.split('/').pop()]?.properties?.[
            step.replace('[]', '')
          ];
        if (step.endsWith('[]')) {
          at = at?.items;
        }
        if (!at) {
          return undefined;
        }
      }
      return at.type ?? at.$ref?.split('/').pop();
    }

    it.each([
      ['metadata.uid', 'string'],
      ['metadata.resourceVersion', 'string'],
      ['spec.project', 'string'],
      ['spec.sources[].ref', 'string'],
      ['spec.source.helm.valueFiles', 'array'],
      ['spec.source.helm.parameters[].value', 'string'],
      ['spec.source.helm.fileParameters[].path', 'string'],
      ['spec.source.kustomize.images', 'array'],
      ['spec.source.kustomize.components', 'array'],
      ['spec.sourceHydrator.drySource.repoURL', 'string'],
      ['spec.sourceHydrator.syncSource.targetBranch', 'string'],
      ['spec.syncPolicy.automated.enabled', 'boolean'],
      ['spec.syncPolicy.automated.selfHeal', 'boolean'],
      ['spec.destination.server', 'string'],
      ['status.controllerNamespace', 'string'],
      ['status.reconciledAt', 'v1Time'],
      ['status.sync.revisions', 'array'],
      ['status.health.lastTransitionTime', 'v1Time'],
      ['status.history[].id', 'integer'],
      ['status.history[].deployedAt', 'v1Time'],
      ['status.history[].deployStartedAt', 'v1Time'],
      ['status.history[].initiatedBy.automated', 'boolean'],
      ['status.history[].revisions', 'array'],
      ['status.history[].sources[].repoURL', 'string'],
      ['status.operationState.phase', 'string'],
      ['status.operationState.operation.sync.dryRun', 'boolean'],
      ['status.operationState.operation.sync.resources', 'array'],
      ['status.operationState.syncResult.revisions', 'array'],
      ['status.conditions[].lastTransitionTime', 'v1Time'],
      ['status.resources[].requiresPruning', 'boolean'],
      ['status.resources[].health.status', 'string'],
      ['status.summary.images', 'array'],
    ])('has %s', (path, type) => {
      expect(typeAt(path)).toBe(type);
    });

    it('has the parameters that are sent', () => {
      const of = (path: string) =>
        paths[path].get.parameters.map(({ name }: { name: string }) => name);
      expect(of('/api/v1/applications')).toEqual(
        expect.arrayContaining(['projects', 'selector']),
      );
      expect(of('/api/v1/applications/{name}')).toEqual(
        expect.arrayContaining(['appNamespace', 'project']),
      );
      expect(paths['/api/v1/session'].post).toBeDefined();
    });
  },
);
