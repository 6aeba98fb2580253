import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { HistoryEntry } from '../schema';
import { personOf, type Described } from './describeApplication';
import { imagesOf, imagesOfSync } from './imagesOfSync';
import { sourcesAt } from './sources';
import { specSources } from './specSources';
import { toFailedSync } from './toFailedSync';
import { versionOf } from './versionOf';

/** Healthy this long after a sync is a recovery of something else, not its end. */
const maxRolloutMs = 24 * 60 * 60 * 1000;

/** Deployments that an application tells of, and history entries that name no revision. */
export interface Deployments {
  deployments: DeploymentObservation[];
  unnamed: HistoryEntry[];
}

/** Each sync of the history, the newest with the images that run; that it is healthy; a failed sync. */
export function toDeployments(described: Described): Deployments {
  const { app } = described;
  const entries = app.status?.history.entries ?? [];
  const deployments: DeploymentObservation[] = [];
  const unnamed: HistoryEntry[] = [];
  for (const entry of entries) {
    const synced = toSynced(entry, described);
    if (!synced) {
      unnamed.push(entry);
      continue;
    }
    if (entry !== entries.at(-1)) {
      deployments.push(synced);
      continue;
    }
    const images = imagesOfSync(entry, described.app);
    deployments.push(
      images.length > 0 && synced.versionName === undefined
        ? { ...synced, version: 2, images }
        : synced,
    );
    const healthy = toHealthy(synced, described);
    if (healthy) {
      deployments.push(healthy);
    }
  }
  const failed = toFailedSync(described);
  return {
    deployments: failed ? [...deployments, failed] : deployments,
    unnamed,
  };
}

/**
 * What it says stands for ever once it is history, so its version is fixed: 2
 * where that rests on the images that run, and is not taken back when none do.
 */
function toSynced(
  entry: HistoryEntry,
  { app, context, place, subject, url }: Described,
): DeploymentObservation | undefined {
  const sources = sourcesAt({ ...entry, fallback: specSources(app) });
  const version = versionOf(sources, subject.traits.images);
  if (!version.versionName && !version.manifestRevision) {
    return undefined;
  }
  const actor = personOf(entry.initiatedBy, context);
  return {
    kind: 'deployment',
    key: `${app.metadata.uid}:${entry.id}`,
    version: version.versionName === versionOf(sources).versionName ? 1 : 2,
    subject,
    ...(place.environment ? { environment: place.environment } : {}),
    ...(place.target ? { target: place.target } : {}),
    ...version,
    ...(entry.deployStartedAt === undefined
      ? {}
      : { startedAt: Math.min(entry.deployStartedAt, entry.deployedAt) }),
    finishedAt: entry.deployedAt,
    order: entry.id,
    basis: 'synced',
    rollout: 'succeeded',
    ...(actor ? { actor } : {}),
    url,
  };
}

/**
 * Only while it is synced: what runs is then what was synced. Of several times
 * that health is told of, the earliest stands.
 */
function toHealthy(
  synced: DeploymentObservation,
  { app }: Described,
): DeploymentObservation | undefined {
  const { health, sync } = app.status ?? {};
  const at = health?.lastTransitionTime;
  if (
    health?.status !== 'Healthy' ||
    sync?.status !== 'Synced' ||
    at === undefined ||
    at < synced.finishedAt ||
    at > synced.finishedAt + maxRolloutMs
  ) {
    return undefined;
  }
  const images = imagesOf(app);
  return {
    ...synced,
    key: `${synced.key}:healthy`,
    version: Number.MAX_SAFE_INTEGER - at,
    finishedAt: at,
    basis: 'healthy',
    ...(images.length > 0 ? { images } : {}),
  };
}
