import type { ApplicationObservation } from '@day2/backstage-plugin-day2-node';
import type { Application, OperationState } from '../schema';
import { personOf, type Described } from './describeApplication';
import { originsOf } from './originsOf';
import { cleanMessage, healthWord, syncWord } from './words';

const maxResources = 200;

const phases = new Map<
  string,
  NonNullable<ApplicationObservation['operation']>['phase']
>([
  ['Running', 'running'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Error', 'error'],
  ['Terminating', 'terminating'],
]);

/** The key under which an application's state stands. */
export function applicationKey(uid: string): string {
  return `app:${uid}`;
}

/** The state of an application now. */
export function toApplication(described: Described): ApplicationObservation {
  const { app, place, subject, url } = described;
  const { metadata, spec, status } = app;
  const automated = spec.syncPolicy?.automated;
  const isAutomated = automated !== undefined && automated.enabled !== false;
  const resources = status?.resources ?? [];
  const health = status?.health;
  return {
    kind: 'application',
    key: applicationKey(metadata.uid),
    version: versionOf(app),
    subject,
    name: qualifiedName(app),
    project: spec.project,
    environment: place.environment,
    target: place.target,
    sync: syncWord(status?.sync?.status),
    health: healthWord(health?.status),
    healthMessage: health?.message && cleanMessage(health.message),
    origins: originsOf(app),
    automated: isAutomated,
    selfHeal: isAutomated && automated.selfHeal === true,
    operation:
      status?.operationState && operationOf(status.operationState, described),
    conditions: (status?.conditions ?? []).map(condition => ({
      type: condition.type,
      message: cleanMessage(condition.message),
      ...(condition.lastTransitionTime === undefined
        ? {}
        : { at: condition.lastTransitionTime }),
    })),
    resources: resources
      .filter(
        resource =>
          resource.status === 'OutOfSync' ||
          resource.requiresPruning ||
          (resource.health?.status ?? 'Healthy') !== 'Healthy',
      )
      .slice(0, maxResources)
      .map(resource => ({
        group: resource.group,
        kind: resource.kind,
        namespace: resource.namespace,
        name: resource.name,
        sync: resource.status ? syncWord(resource.status) : undefined,
        health: resource.health?.status
          ? healthWord(resource.health.status)
          : undefined,
        requiresPruning: resource.requiresPruning === true,
      })),
    resourceCount: resources.length,
    images: status?.summary?.images ?? [],
    syncedAt: status?.history.entries.at(-1)?.deployedAt,
    comparedAt: status?.reconciledAt,
    url,
  };
}

/** `resourceVersion` grows with each write; where it is no number, the time of the last comparison stands for it. */
function versionOf({ metadata, status }: Application): number {
  const version = Number(metadata.resourceVersion ?? NaN);
  return Number.isSafeInteger(version) ? version : status?.reconciledAt ?? 0;
}

/** With the namespace where it is another than that of Argo CD, as its own pages have it. */
function qualifiedName({ metadata, status }: Application): string {
  const { name, namespace } = metadata;
  const own = status?.controllerNamespace;
  return own && namespace && namespace !== own ? `${namespace}/${name}` : name;
}

/** Neither of these is an entry of the history. */
function limitOf(
  sync: NonNullable<OperationState['operation']>['sync'],
): NonNullable<ApplicationObservation['operation']>['limitedTo'] {
  if (sync?.dryRun) {
    return 'dry-run';
  }
  return sync && sync.resources.length > 0 ? 'chosen-resources' : undefined;
}

function operationOf(
  state: OperationState,
  { context }: Described,
): ApplicationObservation['operation'] {
  const phase = phases.get(state.phase);
  if (!phase) {
    return undefined;
  }
  const { operation, syncResult } = state;
  const initiator = operation?.initiatedBy;
  const revisions = [syncResult, operation?.sync].map(each =>
    each?.revisions.length ? each.revisions : [each?.revision ?? []].flat(),
  );
  return {
    phase,
    startedAt: state.startedAt,
    finishedAt: state.finishedAt,
    message: state.message && cleanMessage(state.message),
    actor: personOf(initiator, context),
    automated: initiator?.automated === true,
    limitedTo: limitOf(operation?.sync),
    revisions: revisions.find(list => list.length > 0) ?? [],
  };
}
