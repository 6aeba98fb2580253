import type { DeliveryWriter } from './DesiredState';
import { imageOf, labelsOf, serviceResource } from './workload';
import { yaml } from './yaml';

/** `manifests/<cluster>/<environment>/<service>.yaml` in tern-gitops. */
export const manifest: DeliveryWriter = {
  repository: 'tern-gitops',

  slots(spec) {
    const first = spec.productionTargets[0];
    return [
      { environment: 'development', target: first },
      { environment: 'staging', target: first },
      ...spec.productionTargets.map(target => ({
        environment: 'production' as const,
        target,
      })),
    ];
  },

  commonFiles() {
    return new Map();
  },

  files({ spec, slot, state }) {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: spec.name,
        namespace: `${spec.system}-${slot.environment}`,
        labels: labelsOf(spec),
      },
      spec: {
        replicas: state.replicas,
        selector: { matchLabels: { 'app.kubernetes.io/name': spec.name } },
        template: {
          metadata: {
            labels: labelsOf(spec),
            ...(state.restartedAt && {
              annotations: {
                'kubectl.kubernetes.io/restartedAt': state.restartedAt,
              },
            }),
          },
          spec: {
            containers: [
              {
                name: spec.name,
                image: `${imageOf(spec)}:${state.version}`,
                ports: [{ name: 'http', containerPort: 8080 }],
                env: Object.entries(state.config).map(([name, value]) => ({
                  name,
                  value,
                })),
                resources: {
                  requests: { cpu: state.cpu, memory: state.memory },
                  limits: { memory: state.memory },
                },
              },
            ],
          },
        },
      },
    };
    return new Map([
      [
        `manifests/${slot.target}/${slot.environment}/${spec.name}.yaml`,
        yaml(deployment, serviceResource(spec)),
      ],
    ]);
  },

  places({ spec, slot, setting }) {
    const place = (field: string) => ({
      file: `manifests/${slot.target}/${slot.environment}/${spec.name}.yaml`,
      resource: `Deployment/${spec.name}`,
      field,
    });
    const container = `spec.template.spec.containers[${spec.name}]`;
    switch (setting) {
      case 'replicas':
        return [place('spec.replicas')];
      case 'cpu':
        return [place(`${container}.resources.requests.cpu`)];
      case 'memory':
        return [
          place(`${container}.resources.requests.memory`),
          place(`${container}.resources.limits.memory`),
        ];
      case 'restartedAt':
        return [
          place(
            'spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]',
          ),
        ];
      default:
        return [place(`${container}.env[${setting}].value`)];
    }
  },
};
