import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Application, HistoryEntry } from '../schema';
import { parseImage } from './parseImage';

type Images = NonNullable<DeploymentObservation['images']>;

/** Pods of the version before may be all that runs, or nothing is. */
const unsettled = ['Progressing', 'Missing', 'Unknown'];

/** The images of all pods of an application. */
export function imagesOf({ status }: Application): Images {
  return (status?.summary?.images ?? []).map(parseImage);
}

/**
 * The images that the newest sync put live; none while that is not certain.
 *
 * @remarks Whether or not that sync changed its health: one of a configuration
 * does not.
 */
export function imagesOfSync(newest: HistoryEntry, app: Application): Images {
  const { health, sync } = app.status ?? {};
  return sync?.status === 'Synced' &&
    health?.status !== undefined &&
    !unsettled.includes(health.status) &&
    isOfThatSync(newest, app)
    ? imagesOf(app)
    : [];
}

/** Until Argo CD compares again after a sync, its words are of what was before. */
function isOfThatSync(newest: HistoryEntry, { status }: Application): boolean {
  const { reconciledAt, sync } = status ?? {};
  const revisions = newest.revisions.length > 0 ? newest.revisions : undefined;
  const isSame = revisions
    ? revisions.join() === sync?.revisions.join()
    : newest.revision !== undefined && newest.revision === sync?.revision;
  return (
    isSame || reconciledAt === undefined || reconciledAt >= newest.deployedAt
  );
}
