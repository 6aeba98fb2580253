import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flatten } from './desired/flatten';
import { parseYaml } from './desired/yaml';
import { readArgoApplication } from './readers/readArgoApplication';
import { readManifest } from './readers/readManifest';

const data = resolve(__dirname, '../../../../shared/data');
const hasData = existsSync(data);

function documentsOf(path: string) {
  const parsed = parseYaml(readFileSync(join(data, path)));
  return 'documents' in parsed ? parsed.documents : [];
}

/** The API leaves kind and version out of what it lists. */
function asManifest(file: string) {
  const [{ value }] = documentsOf(file);
  return {
    resource: 'Application/x',
    value: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      ...(value as object),
    },
  };
}

function filesOf(folder: string): string[] {
  return hasData
    ? readdirSync(join(data, folder)).map(name => `${folder}/${name}`)
    : [];
}

(hasData ? describe : describe.skip)(
  'real payloads, where they are beside the repository',
  () => {
    it('every Argo CD application is read without failing', () => {
      const read = filesOf('argocd/applications').map(file =>
        readArgoApplication({ document: asManifest(file), file }),
      );
      const names = read.flatMap(item => item?.name ?? []);
      expect(names).toContain('my-app');
      expect(names).toContain('quarkus-app-dev');
    });

    it('an application with Helm parameters has their image tag', () => {
      const document = asManifest('argocd/applications/mockApplication.json');
      expect(readArgoApplication({ document, file: 'x' })).toMatchObject({
        version: { name: 'latest' },
        environment: 'dev',
        versionFields: [
          expect.stringContaining('helm.parameters[image.tag].value'),
        ],
      });
    });

    it('an Argo Rollout is a workload', () => {
      const [document] = documentsOf('argocd/rollouts/canary-rollout.yaml');
      expect(readManifest({ document, file: 'x' })).toMatchObject({
        kind: 'Rollout',
        name: 'canary-demo',
        namespace: 'jesse-test',
        version: { name: 'does-not-exist' },
        labels: { 'app.kubernetes.io/instance': 'jesse-test' },
      });
      expect(flatten(document).map(({ field }) => field)).toContain(
        'spec.replicas',
      );
      // What the cluster writes is no configuration.
      expect(
        flatten(document).some(({ field }) => field.startsWith('status')),
      ).toBe(false);
    });

    it('catalog files are no applications', () => {
      for (const file of filesOf('catalog')) {
        for (const document of documentsOf(file)) {
          expect(
            readManifest({ document, file }) ??
              readArgoApplication({ document, file }),
          ).toBeUndefined();
        }
      }
    });
  },
);
