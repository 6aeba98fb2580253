import type { DeliveryWriter } from './DesiredState';
import { helm } from './helm';
import { imageOf, labelsOf } from './workload';
import { yaml } from './yaml';

/**
 * `applications/<environment>/<service>.yaml` in tern-helm: an Argo CD
 * Application whose Helm parameters hold the image.
 */
export const argocd: DeliveryWriter = {
  repository: 'tern-helm',

  slots: helm.slots,

  commonFiles: helm.commonFiles,

  files({ spec, slot, state }) {
    return new Map([
      [
        `applications/${slot.environment}/${spec.name}.yaml`,
        yaml({
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: {
            name: `${spec.name}-${slot.environment}`,
            namespace: 'argocd',
            labels: labelsOf(spec),
          },
          spec: {
            project: spec.system,
            destination: {
              name: 'eu-1',
              namespace: `${spec.system}-${slot.environment}`,
            },
            source: {
              repoURL: 'http://localhost:7010/git/tern-helm.git',
              path: `charts/${spec.name}`,
              targetRevision: 'main',
              helm: {
                releaseName: spec.name,
                parameters: [
                  { name: 'image.repository', value: imageOf(spec) },
                  { name: 'image.tag', value: state.version },
                  { name: 'replicaCount', value: `${state.replicas}` },
                ],
              },
            },
            syncPolicy: { automated: { prune: true, selfHeal: true } },
          },
        }),
      ],
    ]);
  },

  places({ spec, slot, setting }) {
    return setting === 'replicas'
      ? [
          {
            file: `applications/${slot.environment}/${spec.name}.yaml`,
            resource: `Application/${spec.name}-${slot.environment}`,
            field: 'spec.source.helm.parameters[replicaCount].value',
          },
        ]
      : [];
  },
};
