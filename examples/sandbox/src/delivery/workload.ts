import type { ServiceSpec } from '../world/ServiceSpec';

/** The image repository of a service. */
export function imageOf(spec: ServiceSpec): string {
  return `registry.tern.example/${spec.name}`;
}

/** Labels every resource of a service carries. */
export function labelsOf(spec: ServiceSpec): Record<string, string> {
  const labels: Record<string, string> = {
    'app.kubernetes.io/name': spec.name,
    'app.kubernetes.io/part-of': spec.system,
  };
  if (isMatchedByKubernetesId(spec)) {
    labels['backstage.io/kubernetes-id'] = spec.name;
  }
  return labels;
}

/** Services whose catalog entity names the Kubernetes label, not a path. */
export function isMatchedByKubernetesId(spec: ServiceSpec): boolean {
  return spec.name === 'payments-api' || spec.name === 'checkout';
}

/** A `Service` in front of the service's pods. */
export function serviceResource(spec: ServiceSpec): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: spec.name, labels: labelsOf(spec) },
    spec: {
      selector: { 'app.kubernetes.io/name': spec.name },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    },
  };
}
