import { imageOf, labelsOf } from '../delivery/workload';
import type { ApplicationState } from '../world/sync/ApplicationState';
import { reconciledAt } from '../world/sync/schedule';
import { desiredRevision } from '../world/sync/syncStateTruth';
import type { WorldState } from '../world/WorldState';
import type { ArgoApplication } from './ArgoApplication';
import { instant } from './instant';
import {
  historyOf,
  operationState,
  revisionsOf,
  sourcesAs,
} from './operationOf';
import { resourceStatuses } from './resourcesOf';
import { sourcesOf, sourceTypes } from './sourcesOf';

/** An application as Argo CD's API answers it at that instant. */
export function applicationOf(options: {
  world: WorldState;
  app: ApplicationState;
  /** Address of the sandbox. */
  url: string;
  at: number;
}): ArgoApplication {
  const { world, app, url, at } = options;
  const { plan, health } = app;
  const sources = sourcesOf({ app, url });
  const destination = destinationOf(app);
  const revision = desiredRevision(world, app, at);
  const types = sourceTypes(app);
  const resources = resourceStatuses(app);
  const history = historyOf(app, url);
  const conditions = conditionsOf(app);
  const operation = operationState(app, url);
  return {
    metadata: metadataOf(world, app, at),
    spec: {
      project: plan.project,
      destination,
      ...(sources.length === 1 ? { source: sources[0] } : { sources }),
      syncPolicy: {
        ...(app.automated && {
          automated: {
            prune: true,
            ...(plan.selfHeal && { selfHeal: true }),
          },
        }),
        ...(plan.kind !== 'child' && { syncOptions: ['CreateNamespace=true'] }),
      },
    },
    status: {
      resources,
      sync: {
        status: app.sync.status,
        comparedTo: { ...sourcesAs(sources), destination },
        ...(revision !== undefined && revisionsOf(app, revision)),
      },
      health: {
        status: health.status,
        lastTransitionTime: instant(health.at),
      },
      ...(history.length > 0 && { history }),
      ...(conditions.length > 0 && { conditions }),
      reconciledAt: instant(reconciledAt(app, at)),
      ...(operation && { operationState: operation }),
      ...(types.length === 1
        ? { sourceType: types[0] }
        : { sourceTypes: types }),
      summary: summaryOf(world, app),
      controllerNamespace: 'argocd',
    },
  };
}

/**
 * A number that grows with each change of the object, as of all objects of a
 * cluster; a comparison is one, as it writes `reconciledAt`.
 */
export function resourceVersion(
  world: WorldState,
  app: ApplicationState,
  at: number,
): number {
  const changedAt = Math.max(app.changedAt, reconciledAt(app, at));
  const index = [...world.applications.keys()].indexOf(app.plan.key);
  return Math.floor((changedAt - world.start) / 1000) * 256 + index;
}

function metadataOf(world: WorldState, app: ApplicationState, at: number) {
  const { plan } = app;
  const spec = plan.service ? world.service(plan.service).spec : undefined;
  const labels: Record<string, string> = {
    ...(spec ? labelsOf(spec) : { 'app.kubernetes.io/part-of': 'platform' }),
    ...(plan.environment && { environment: plan.environment }),
    ...(plan.kind !== 'child' && { team: plan.project }),
  };
  const annotations: Record<string, string> = {
    ...(plan.kind === 'child' && {
      'argocd.argoproj.io/tracking-id': `applications-${plan.environment}:argoproj.io/Application:argocd/${plan.name}`,
    }),
    ...(plan.repository &&
      plan.kind !== 'child' && {
        'argocd.argoproj.io/manifest-generate-paths': generatePaths(app),
      }),
    ...(plan.environment === 'production' && {
      [`notifications.argoproj.io/subscribe.on-sync-failed.slack`]:
        plan.project,
    }),
  };
  return {
    name: plan.name,
    namespace: plan.namespace,
    uid: app.uid,
    resourceVersion: `${resourceVersion(world, app, at)}`,
    generation: app.generation,
    creationTimestamp: instant(app.createdAt),
    labels,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** Folders of all it is made of, from the root; a file of a shared folder. */
function generatePaths({ plan }: ApplicationState): string {
  if (plan.kind === 'directory') {
    return plan.paths.map(path => `/${path}`).join(';');
  }
  const folders = plan.paths.map(path =>
    path.startsWith('charts/')
      ? path.split('/').slice(0, 2).join('/')
      : path.slice(0, path.lastIndexOf('/')),
  );
  return [...new Set(folders)].map(path => `/${path}`).join(';');
}

/** By its name on the first cluster, by the address on the other, as both are used. */
function destinationOf({ plan }: ApplicationState) {
  const namespace = plan.destinationNamespace;
  return plan.cluster === 'eu-1'
    ? { name: 'eu-1', namespace }
    : { server: 'https://kubernetes.default.svc', namespace };
}

function summaryOf(world: WorldState, { plan, live }: ApplicationState) {
  if (plan.kind === 'parent' || !live) {
    return {};
  }
  const image = live.landing
    ? `${imageOf(world.service(plan.service!).spec)}:${
        live.landing.build.version
      }`
    : `registry.k8s.io/ingress-nginx/controller:v${live.revision.replace(
        /^4/,
        '1',
      )}`;
  return { images: [image] };
}

function conditionsOf(app: ApplicationState): object[] {
  const { error, operation } = app;
  if (error) {
    return [
      {
        type: 'ComparisonError',
        message: error.message,
        lastTransitionTime: instant(error.at),
      },
    ];
  }
  if (app.dirty && app.automated && operation?.phase === 'Failed') {
    return [
      {
        type: 'SyncError',
        message: `Failed last sync attempt to [${operation.inputs.revision}]: ${operation.message}`,
        lastTransitionTime: instant(operation.finishedAt!),
      },
    ];
  }
  return [];
}
