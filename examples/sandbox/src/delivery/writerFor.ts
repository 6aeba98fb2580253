import type { ServiceSpec } from '../world/ServiceSpec';
import { argocd } from './argocd';
import type { DeliveryWriter } from './DesiredState';
import { envFile } from './envFile';
import { helm } from './helm';
import { kustomize } from './kustomize';
import { manifest } from './manifest';

/** How a service's desired state is written; undefined where Git holds none. */
export function writerFor(spec: ServiceSpec): DeliveryWriter | undefined {
  switch (spec.delivery) {
    case 'kustomize':
      return kustomize;
    case 'manifest':
      return manifest;
    case 'helm':
      return helm;
    case 'argocd':
      return argocd;
    case 'env-file':
      return envFile;
    default:
      return undefined;
  }
}
