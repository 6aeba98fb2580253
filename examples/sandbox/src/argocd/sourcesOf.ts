import { load } from 'js-yaml';
import { dirname } from 'path/posix';
import type { ApplicationState, Inputs } from '../world/sync/ApplicationState';
import type { ArgoSource } from './ArgoApplication';

/** Where the platform's chart comes from. */
const chartRepository = 'https://kubernetes.github.io/ingress-nginx';

/**
 * Where an application takes its manifests from: now, or as it was when it
 * wanted `inputs`.
 */
export function sourcesOf(options: {
  app: ApplicationState;
  /** Address of the sandbox. */
  url: string;
  inputs?: Inputs;
}): ArgoSource[] {
  const { app, url, inputs } = options;
  const { kind, paths, repository, service, environment } = app.plan;
  const git = {
    repoURL: `${url}/git/${repository}.git`,
    targetRevision: 'main',
  };
  const chart = `charts/${service}`;
  const values = `environments/${environment}/${service}/values.yaml`;
  switch (kind) {
    case 'kustomize':
      return [
        { ...git, path: dirname(paths.find(p => p.includes('/overlays/'))!) },
      ];
    case 'helm':
      return [
        {
          ...git,
          path: chart,
          helm: { releaseName: service, valueFiles: [`../../${values}`] },
        },
      ];
    case 'helm-sources':
      return [
        {
          ...git,
          path: chart,
          helm: { releaseName: service, valueFiles: [`$values/${values}`] },
        },
        { ...git, ref: 'values' },
      ];
    case 'child': {
      const { spec } = load(inputs?.applied ?? app.applied!.text) as {
        spec: { source: ArgoSource };
      };
      return [{ ...spec.source, ...git }];
    }
    case 'parent':
      return [{ ...git, path: `applications/${environment}` }];
    case 'chart':
      return [
        {
          repoURL: chartRepository,
          chart: 'ingress-nginx',
          targetRevision: inputs?.revision ?? app.chartVersion,
          helm: { values: 'controller:\n  replicaCount: 2\n' },
        },
      ];
    default: {
      const [file] = paths;
      const include = file.slice(file.lastIndexOf('/') + 1);
      return [{ ...git, path: dirname(file), directory: { include } }];
    }
  }
}

/** What Argo CD calls the way the manifests are made. */
export function sourceTypes({ plan }: ApplicationState): string[] {
  switch (plan.kind) {
    case 'kustomize':
      return ['Kustomize'];
    case 'directory':
    case 'parent':
      return ['Directory'];
    case 'helm-sources':
      return ['Helm', 'Directory'];
    default:
      return ['Helm'];
  }
}
