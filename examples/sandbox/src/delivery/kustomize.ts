import type { ServiceSpec } from '../world/ServiceSpec';
import type { DeliveryWriter, Slot } from './DesiredState';
import { imageOf, labelsOf, serviceResource } from './workload';
import { yaml } from './yaml';

function overlay(spec: ServiceSpec, slot: Slot): string {
  const name = slot.target
    ? `${slot.environment}-${slot.target}`
    : slot.environment;
  return `apps/${spec.name}/overlays/${name}`;
}

/** `apps/<service>/{base,overlays/<environment>[-<cluster>]}` in tern-gitops. */
export const kustomize: DeliveryWriter = {
  repository: 'tern-gitops',

  slots(spec) {
    return [
      { environment: 'development' },
      { environment: 'staging' },
      ...spec.productionTargets.map(target => ({
        environment: 'production' as const,
        target,
      })),
    ];
  },

  commonFiles(spec) {
    const base = `apps/${spec.name}/base`;
    return new Map([
      [
        `${base}/kustomization.yaml`,
        yaml({
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          resources: ['deployment.yaml', 'service.yaml'],
        }),
      ],
      [
        `${base}/deployment.yaml`,
        yaml({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: spec.name, labels: labelsOf(spec) },
          spec: {
            selector: { matchLabels: { 'app.kubernetes.io/name': spec.name } },
            template: {
              metadata: { labels: labelsOf(spec) },
              spec: {
                containers: [
                  {
                    name: spec.name,
                    image: imageOf(spec),
                    ports: [{ name: 'http', containerPort: 8080 }],
                    envFrom: [{ configMapRef: { name: spec.name } }],
                    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
                  },
                ],
              },
            },
          },
        }),
      ],
      [`${base}/service.yaml`, yaml(serviceResource(spec))],
    ]);
  },

  files({ spec, slot, state }) {
    const folder = overlay(spec, slot);
    const annotations = state.restartedAt && {
      annotations: { 'kubectl.kubernetes.io/restartedAt': state.restartedAt },
    };
    return new Map([
      [
        `${folder}/kustomization.yaml`,
        yaml({
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          namespace: `${spec.system}-${slot.environment}`,
          resources: ['../../base', 'config.yaml'],
          images: [{ name: imageOf(spec), newTag: state.version }],
          replicas: [{ name: spec.name, count: state.replicas }],
          patches: [{ path: 'resources.yaml' }],
        }),
      ],
      [
        `${folder}/resources.yaml`,
        yaml({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: spec.name },
          spec: {
            template: {
              ...(annotations && { metadata: annotations }),
              spec: {
                containers: [
                  {
                    name: spec.name,
                    resources: {
                      requests: { cpu: state.cpu, memory: state.memory },
                      limits: { memory: state.memory },
                    },
                  },
                ],
              },
            },
          },
        }),
      ],
      [
        `${folder}/config.yaml`,
        yaml({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: spec.name, labels: labelsOf(spec) },
          data: state.config,
        }),
      ],
    ]);
  },

  places({ spec, slot, setting }) {
    const folder = overlay(spec, slot);
    const patch = {
      file: `${folder}/resources.yaml`,
      resource: `Deployment/${spec.name}`,
    };
    const container = `spec.template.spec.containers[${spec.name}]`;
    switch (setting) {
      case 'replicas':
        return [
          {
            file: `${folder}/kustomization.yaml`,
            field: `replicas[${spec.name}].count`,
          },
        ];
      case 'cpu':
        return [{ ...patch, field: `${container}.resources.requests.cpu` }];
      case 'memory':
        return [
          { ...patch, field: `${container}.resources.requests.memory` },
          { ...patch, field: `${container}.resources.limits.memory` },
        ];
      case 'restartedAt':
        return [
          {
            ...patch,
            field:
              'spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]',
          },
        ];
      default:
        return [
          {
            file: `${folder}/config.yaml`,
            resource: `ConfigMap/${spec.name}`,
            field: `data.${setting}`,
          },
        ];
    }
  },
};
