import {
  desiredFor,
  type DesiredLine,
  type DesiredObservation,
} from './desiredFor';
import { rolloutsOf, type UnreadRollout } from './rolloutsOf';
import {
  observationId,
  type ReadVersion,
  type SequenceObservation,
  type SourceObservation,
} from './sequenceObservation';
import { imagesOfService, lineOf } from './imagesOfService';

/** Where a revision stands along the first parent of a branch that is read. @public */
export interface RevisionPosition {
  /** Name of the repository in the configuration, as desired observations have it. */
  repository: string;
  /** Absent where the commit is not on that line. */
  position?: number;
}

/** As much of a revision stands for a version. */
const SHORT_SHA = 8;
/** Git's word and the first sync that is known tell of one roll-out within it. */
const SAME_ROLLOUT_MS = 24 * 3600_000;

type Read = Pick<
  SequenceObservation,
  'versionName' | 'image' | 'applicationRevision' | 'manifestRevision'
> & { read: ReadVersion };

/**
 * Gives observations of one service and environment that name no version, as
 * syncs of Argo CD do, the version that Git asked for at their revision: of each
 * image of the service the last one that landed up to there, of those that
 * concern the application. A sync of a service with several images becomes an
 * observation of each.
 *
 * @remarks Where Git does not tell it, the images that run do; else the revision
 * stands for the version, and `read.note` says why. What names a version itself
 * stays as it is.
 *
 * @param options - `positionOf`: undefined for a revision that is not known;
 * `images`: image repositories that are said to be the service's
 *
 * @public
 */
export function readVersions(options: {
  observations: readonly SourceObservation[];
  positionOf(revision: {
    repository: string;
    sha: string;
  }): RevisionPosition | undefined;
  images?: readonly string[];
}): SequenceObservation[] {
  const { observations, images = [] } = options;
  const read = observations.flatMap(observation =>
    observation.versionName === undefined
      ? []
      : [spoken(observation, { versionName: observation.versionName })],
  );
  const rollouts = rolloutsOf(observations);
  if (rollouts.length === 0) {
    return read;
  }
  const desired = desiredFor({ observations, rollouts });
  // How far the last sync that succeeded got: of a line on a target, and at all.
  const reached = new Map<string, number>();
  for (const rollout of rollouts) {
    const { main } = rollout;
    const places = rollout.revisions.map(revision => ({
      revision,
      at: desired.at(revision.sha) ?? options.positionOf(revision),
    }));
    const lines = desired.of(rollout);
    const found = lines.flatMap(
      line => places.flatMap(place => lastUpTo(line, place) ?? [])[0] ?? [],
    );
    const got: [string, number][] = [];
    for (const each of found) {
      const { name, repository } = each.line;
      const place = JSON.stringify([repository, name, main.target ?? '']);
      const whole = JSON.stringify([repository, main.about.subject]);
      const since = reached.get(place) ?? reached.get(whole);
      read.push(
        ...rollout.all.map(said =>
          spoken(said, fromDesired({ rollout, since, ...each })),
        ),
      );
      got.push([place, each.position], [whole, each.position]);
    }
    if (main.rollout === 'succeeded') {
      got.forEach(([place, position]) => reached.set(place, position));
    }
    if (found.length === 0) {
      const { at, revision } = placeOfWhy(places, lines);
      const note = whyUnread({ at, revision, lines, empty: desired.empty });
      const names = lines.map(({ name }) => name);
      const running = imagesOfService({ rollout, lines: names, images });
      const versions = running.length > 0 ? running : [undefined];
      read.push(
        ...versions.flatMap(image =>
          rollout.all.map(said =>
            spoken(said, fromImage({ image, at, revision, note })),
          ),
        ),
      );
    }
  }
  return read;
}

/** An observation with a version, without what it was found by. */
function spoken(
  said: SourceObservation,
  version: Read | { versionName: string },
): SequenceObservation {
  const { about: _, images: __, otherRevisions: ___, ...rest } = said;
  return { ...rest, ...version };
}

/** A revision that was synced, and where it stands on its branch. */
interface Place {
  revision: { repository: string; sha: string };
  at: RevisionPosition | undefined;
}

interface Wanted {
  line: DesiredLine;
  /** By which it was found. */
  revision: Place['revision'];
  /** Place in the line. */
  index: number;
  position: number;
}

/** The last that a line asked for up to a revision. */
function lastUpTo(
  line: DesiredLine,
  { at, revision }: Place,
): Wanted | undefined {
  const { position } = at ?? {};
  if (position === undefined || line.repository !== at?.repository) {
    return undefined;
  }
  const index = countUpTo(line.desired, position) - 1;
  return index < 0 ? undefined : { line, revision, index, position };
}

/** How many of the branch's first are at that position or before it. */
function countUpTo(desired: DesiredObservation[], position: number): number {
  let low = 0;
  let high = desired.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (desired[middle].order <= position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function fromDesired(
  options: Wanted & { rollout: UnreadRollout; since: number | undefined },
): Read {
  const { rollout, line, revision, index, since } = options;
  const { main } = rollout;
  const wanted = line.desired[index];
  const { versionName, image, applicationRevision, manifestRevision } = wanted;
  const read: ReadVersion = {
    from: 'desired',
    line: line.name,
    revision,
    carries: [],
  };
  if (since !== undefined) {
    const from = countUpTo(line.desired, since);
    read.carries = line.desired.slice(from, index + 1).map(observationId);
  } else if (!wasPassed({ ...options, at: main.finishedAt })) {
    read.carries = [observationId(wanted)];
    if (
      main.rollout === 'succeeded' &&
      manifestRevision.sha !== revision.sha &&
      main.finishedAt - wanted.placedAt > SAME_ROLLOUT_MS
    ) {
      read.landedAt = wanted.placedAt;
    }
  }
  return { versionName, image, applicationRevision, manifestRevision, read };
}

/** Whether Git had asked for something else by then: an earlier version was put back. */
function wasPassed({ line, index, at }: Wanted & { at: number }): boolean {
  return (
    index + 1 < line.desired.length && line.desired[index + 1].placedAt < at
  );
}

function fromImage(options: {
  image: SequenceObservation['image'];
  at: RevisionPosition | undefined;
  revision: { repository: string; sha: string };
  note: string;
}): Read {
  const { image, at, revision, note } = options;
  const { repository = revision.repository } = at ?? {};
  return {
    versionName:
      image?.tag ?? image?.digest ?? revision.sha.slice(0, SHORT_SHA),
    image,
    manifestRevision: { repository, sha: revision.sha },
    read: {
      from: image ? 'images' : 'revision',
      line: image ? lineOf(image) : '',
      revision,
      note: image
        ? `The version is that of the image that ran: ${note}`
        : `The revision stands for the version: ${note}`,
      carries: [],
    },
  };
}

/** Of several the one that the desired state is of, else one that is known, else the first. */
function placeOfWhy(places: Place[], lines: DesiredLine[]): Place {
  const asks = ({ at }: Place) =>
    lines.some(({ repository }) => repository === at?.repository);
  return places.find(asks) ?? places.find(({ at }) => at) ?? places[0];
}

function whyUnread(options: {
  at: RevisionPosition | undefined;
  revision: { repository: string; sha: string };
  lines: DesiredLine[];
  empty: boolean;
}): string {
  const { at, revision, lines, empty } = options;
  const short = revision.sha.slice(0, SHORT_SHA);
  if (empty || !at) {
    return empty
      ? `no desired state of this service is read in that environment: add ${revision.repository} under day2.git.repositories with role gitops`
      : `revision ${short} is not in ${revision.repository} as read so far`;
  }
  if (at.position === undefined) {
    return `revision ${short} is not on the branch of ${at.repository} that is read`;
  }
  return lines.some(({ repository }) => repository === at.repository)
    ? `revision ${short} of ${at.repository} is older than what is read of it`
    : `${at.repository} asks for no version of this service there`;
}
