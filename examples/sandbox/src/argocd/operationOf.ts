import type {
  ApplicationState,
  Operation,
} from '../world/sync/ApplicationState';
import type {
  ArgoApplication,
  ArgoInitiator,
  ArgoSource,
} from './ArgoApplication';
import { instant } from './instant';
import { resourceResults } from './resourcesOf';
import { sourcesOf } from './sourcesOf';

/** `status.operationState`: the last operation of any kind. */
export function operationState(
  app: ApplicationState,
  url: string,
): ArgoApplication['status']['operationState'] {
  const { operation } = app;
  if (!operation) {
    return undefined;
  }
  const { phase, startedAt, finishedAt, message } = operation;
  return {
    operation: {
      sync: {
        ...revisionsOf(app, operation.inputs.revision),
        ...(operation.kind === 'dry-run' && { dryRun: true }),
        ...(operation.kind === 'selective' && {
          resources: [
            {
              group: 'apps',
              kind: 'Deployment',
              namespace: app.plan.destinationNamespace,
              name: app.plan.service ?? app.plan.name,
            },
          ],
          autoHealAttemptsCount: 1,
        }),
        ...(operation.by
          ? { syncStrategy: { hook: {} } }
          : { prune: app.plan.automated }),
      },
      initiatedBy: initiatedBy(operation),
      retry: operation.by ? {} : { limit: 5 },
    },
    phase,
    message,
    startedAt: instant(startedAt),
    ...(finishedAt !== undefined && { finishedAt: instant(finishedAt) }),
    syncResult: {
      // Here Argo CD writes it even where there are several.
      revision: '',
      ...resultOf(app, operation, url),
      resources: resourceResults(app, operation),
    },
  };
}

/** `status.history`: the last ten full syncs that succeeded, oldest first. */
export function historyOf(app: ApplicationState, url: string): object[] {
  return app.syncs
    .filter(each => each.historyId !== undefined)
    .slice(-10)
    .map(operation => ({
      id: operation.historyId,
      ...resultOf(app, operation, url),
      deployedAt: instant(operation.finishedAt!),
      deployStartedAt: instant(operation.startedAt),
      initiatedBy: initiatedBy(operation),
    }));
}

function resultOf(app: ApplicationState, operation: Operation, url: string) {
  const { revision } = operation.inputs;
  const sources = sourcesOf({ app, url, inputs: operation.inputs });
  return {
    ...revisionsOf(app, revision),
    ...sourcesAs(sources),
  };
}

/** One as `source`; several as `sources` beside a `source` that is empty. */
export function sourcesAs(sources: ArgoSource[]): {
  source: ArgoSource;
  sources?: ArgoSource[];
} {
  return sources.length === 1
    ? { source: sources[0] }
    : { source: { repoURL: '' }, sources };
}

/** `revision`, or `revisions` of an application with several sources. */
export function revisionsOf(
  app: ApplicationState,
  revision: string,
): { revision: string } | { revisions: string[] } {
  return app.plan.kind === 'helm-sources'
    ? { revisions: [revision, revision] }
    : { revision };
}

function initiatedBy({ by }: Operation): ArgoInitiator {
  return by ? { username: by } : { automated: true };
}
