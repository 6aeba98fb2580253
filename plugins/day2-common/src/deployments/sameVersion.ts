import type { SequenceObservation } from './sequenceObservation';

const MIN_SHA = 7;

/**
 * Whether two observations speak of one version: by digest where both have
 * one, else by version name or tag; two sources also by the commit of the
 * application or of the manifest, since each may name a version in its way.
 *
 * @remarks A tag that was pushed again is another version where digests tell it.
 * What was synced of one manifest revision need not be one version: each target
 * may be asked for its own there.
 *
 * @public
 */
export function sameVersion(
  a: SequenceObservation,
  b: SequenceObservation,
): boolean {
  if (a.image?.digest && b.image?.digest) {
    return a.image.digest === b.image.digest;
  }
  const names = new Set(namesOf(a));
  if (namesOf(b).some(name => names.has(name))) {
    return true;
  }
  return a.source !== b.source && sharesRevision(a, b);
}

/**
 * Everything by which an observation may be found again: looked up, then
 * confirmed by `sameVersion`.
 */
export function versionKeysOf(observation: SequenceObservation): string[] {
  const { image, applicationRevision, manifestRevision, read } = observation;
  return [
    ...namesOf(observation).map(name => `name:${name}`),
    ...(image?.digest ? [`digest:${image.digest}`] : []),
    ...(applicationRevision?.sha
      ? [`sha:${applicationRevision.sha.toLowerCase().slice(0, MIN_SHA)}`]
      : []),
    ...(manifestRevision && !read ? [`manifest:${manifestRevision.sha}`] : []),
  ];
}

function namesOf(observation: SequenceObservation): string[] {
  const { versionName, image } = observation;
  return image?.tag ? [versionName, image.tag] : [versionName];
}

function sharesRevision(
  a: SequenceObservation,
  b: SequenceObservation,
): boolean {
  if (
    !a.read &&
    !b.read &&
    a.manifestRevision &&
    b.manifestRevision &&
    a.manifestRevision.sha === b.manifestRevision.sha
  ) {
    return true;
  }
  const left = a.applicationRevision?.sha?.toLowerCase();
  const right = b.applicationRevision?.sha?.toLowerCase();
  if (!left || !right) {
    return false;
  }
  const length = Math.min(left.length, right.length);
  return length >= MIN_SHA && left.slice(0, length) === right.slice(0, length);
}
