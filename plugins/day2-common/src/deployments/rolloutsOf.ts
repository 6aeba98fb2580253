import type { ImageRef, SourceObservation } from './sequenceObservation';

/** Ends the key of the observation that what another one put live is healthy. */
const HEALTHY = ':healthy';

type SyncedRevision = NonNullable<SourceObservation['manifestRevision']>;

/** A sync that names a revision and no version, with the word that it was healthy. */
export interface UnreadRollout {
  /** When it was synced; the word of its health where that is all there is. */
  main: SourceObservation;
  all: SourceObservation[];
  /** Of each of its sources; the first stands for it. */
  revisions: [SyncedRevision, ...SyncedRevision[]];
  /** Those that it put live, where one of them says so. */
  images: readonly ImageRef[];
}

/**
 * The key of the observation that this one improves: of `<key>:healthy`, with
 * basis `healthy`, it is `<key>`.
 */
export function improvedKeyOf(observation: {
  basis: string;
  key: string;
}): string | undefined {
  const { basis, key } = observation;
  return basis === 'healthy' && key.endsWith(HEALTHY)
    ? key.slice(0, -HEALTHY.length)
    : undefined;
}

/** What names a revision and no version, in the order in which it happened. */
export function rolloutsOf(
  observations: readonly SourceObservation[],
): UnreadRollout[] {
  const rollouts = new Map<string, UnreadRollout>();
  for (const observation of observations) {
    const { source, key, manifestRevision, otherRevisions = [] } = observation;
    if (observation.versionName !== undefined || !manifestRevision) {
      continue;
    }
    const revisions: UnreadRollout['revisions'] = [
      manifestRevision,
      ...otherRevisions,
    ];
    const improves = improvedKeyOf(observation);
    const id = `${source}\0${improves ?? key}`;
    const known = rollouts.get(id);
    const { images = [] } = observation;
    if (!known) {
      rollouts.set(id, {
        main: observation,
        all: [observation],
        revisions,
        images,
      });
      continue;
    }
    known.all.push(observation);
    if (improves === undefined) {
      known.main = observation;
      known.revisions = revisions;
    }
    // Said for as long as it is the newest, so that those of the sync are the later word.
    if (
      images.length > 0 &&
      (improves === undefined || known.images.length === 0)
    ) {
      known.images = images;
    }
  }
  return [...rollouts.values()].sort(
    ({ main: a }, { main: b }) =>
      a.finishedAt - b.finishedAt ||
      (a.order ?? 0) - (b.order ?? 0) ||
      (`${a.source}\0${a.key}` < `${b.source}\0${b.key}` ? -1 : 1),
  );
}
