import type { ApplicationState } from '../world/sync/ApplicationState';

interface Resource {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The resources that an application manages. */
export function resourcesOf({ plan }: ApplicationState): Resource[] {
  const namespace = plan.destinationNamespace;
  const name = plan.service ?? plan.name;
  const deployment = {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    namespace,
  };
  const service = { version: 'v1', kind: 'Service', namespace };
  const configMap = { version: 'v1', kind: 'ConfigMap', namespace };
  switch (plan.kind) {
    case 'kustomize':
      return [
        { ...configMap, name },
        { ...service, name },
        { ...deployment, name },
      ];
    case 'directory':
      return [
        { ...service, name },
        { ...deployment, name },
      ];
    case 'parent':
      return plan.paths.map(path => ({
        group: 'argoproj.io',
        version: 'v1alpha1',
        kind: 'Application',
        namespace,
        name: `${path
          .slice(path.lastIndexOf('/') + 1)
          .replace(/\.yaml$/, '')}-${plan.environment}`,
      }));
    case 'chart':
      return [
        { ...configMap, name: `${name}-controller` },
        { ...service, name: `${name}-controller` },
        { ...deployment, name: `${name}-controller` },
        {
          group: 'networking.k8s.io',
          version: 'v1',
          kind: 'IngressClass',
          name: 'nginx',
        },
      ];
    default:
      return [{ ...deployment, name }];
  }
}

/** `status.resources`: each as it is now. */
export function resourceStatuses(app: ApplicationState): object[] {
  const resources = resourcesOf(app);
  const differing = differingKind(app);
  return resources.map(resource => {
    const isDeployment = resource.kind === 'Deployment';
    const status =
      app.sync.status === 'OutOfSync' && resource.kind !== differing
        ? 'Synced'
        : app.sync.status;
    return {
      ...resource,
      status,
      ...(isDeployment
        ? { health: healthOf(app) }
        : resource.kind === 'Service' && { health: { status: 'Healthy' } }),
    };
  });
}

/** What each resource became by a sync, as `syncResult.resources` has it. */
export function resourceResults(
  app: ApplicationState,
  operation: { phase: string; message: string },
): object[] {
  return resourcesOf(app).map(({ group = '', ...resource }) => {
    const isFailed =
      operation.phase === 'Failed' && resource.kind === 'Deployment';
    const what = `${resource.kind.toLowerCase()}${group && `.${group}`}/${
      resource.name
    }`;
    return {
      group,
      ...resource,
      namespace: resource.namespace ?? '',
      status: isFailed ? 'SyncFailed' : 'Synced',
      message: isFailed ? operation.message : `${what} configured`,
      hookPhase: isFailed ? 'Failed' : 'Running',
      syncPhase: 'Sync',
    };
  });
}

function healthOf({ health }: ApplicationState): object {
  return {
    status: health.status,
    ...(health.message && { message: health.message }),
  };
}

function differingKind(app: ApplicationState): string {
  if (app.plan.kind === 'parent') {
    return 'Application';
  }
  // A change that replaces no pod is one of the ConfigMap.
  const isConfig =
    !app.drift &&
    !app.dirty &&
    app.wanted?.text !== app.live?.text &&
    app.wanted?.rolling === app.live?.rolling;
  return isConfig ? 'ConfigMap' : 'Deployment';
}
