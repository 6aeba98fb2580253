import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import { personOf, type Described } from './describeApplication';
import { sourcesAt } from './sources';
import { specSources } from './specSources';
import { versionOf } from './versionOf';
import { cleanMessage } from './words';

/**
 * The last operation, where it is a whole sync that failed: Argo CD keeps no
 * other. A sync of chosen resources and a dry run deploy nothing.
 */
export function toFailedSync(
  described: Described,
): DeploymentObservation | undefined {
  const { app, context, place, subject, url } = described;
  const state = app.status?.operationState;
  const sync = state?.operation?.sync;
  if (
    !state ||
    !sync ||
    sync.dryRun ||
    sync.resources.length > 0 ||
    !['Failed', 'Error'].includes(state.phase) ||
    state.startedAt === undefined ||
    state.finishedAt === undefined
  ) {
    return undefined;
  }
  const said = [state.syncResult, sync].find(
    each => each?.revision || each?.revisions.length,
  );
  const version =
    said &&
    versionOf(
      sourcesAt({ ...said, fallback: specSources(app) }),
      subject.traits.images,
    );
  if (!version?.versionName && !version?.manifestRevision) {
    // It failed before it knew what to sync, as with a repository that is away.
    return undefined;
  }
  const actor = personOf(state.operation?.initiatedBy, context);
  const isTerminated = /^operation terminat/i.test(state.message ?? '');
  return {
    kind: 'deployment',
    key: `${app.metadata.uid}:op:${state.startedAt}`,
    version: state.finishedAt,
    subject,
    ...(place.environment ? { environment: place.environment } : {}),
    ...(place.target ? { target: place.target } : {}),
    ...version,
    startedAt: state.startedAt,
    finishedAt: state.finishedAt,
    basis: 'synced',
    rollout: isTerminated ? 'cancelled' : 'failed',
    ...(actor ? { actor } : {}),
    ...(state.message ? { title: cleanMessage(state.message, 300) } : {}),
    url,
  };
}
