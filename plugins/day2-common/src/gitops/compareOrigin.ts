import type { OriginFacts } from './syncFacts';

/**
 * Whether what is wanted of an origin is what was synced last: `unmirrored` and
 * `lacking` where the two revisions differ and what they hold cannot be read,
 * `unfollowed` where a part of it cannot and the rest is the same.
 *
 * @public
 */
export type OriginComparison =
  | 'same'
  | 'differs'
  | 'unmirrored'
  | 'lacking'
  | 'unfollowed'
  | 'never-synced'
  | 'unresolved';

/** @public */
export function compareOrigin(origin: OriginFacts): OriginComparison {
  const { desiredRevision, syncedRevision } = origin;
  if (desiredRevision === undefined) {
    return 'unresolved';
  }
  if (syncedRevision === undefined) {
    return 'never-synced';
  }
  if (origin.parametersHash !== origin.syncedParametersHash) {
    return 'differs';
  }
  if (desiredRevision === syncedRevision) {
    return 'same';
  }
  // The version of a chart and the digest of an artefact are their content.
  if (origin.chart !== undefined || /^oci:\/\//i.test(origin.repository)) {
    return 'differs';
  }
  if (!origin.mirrored) {
    return 'unmirrored';
  }
  const { desiredFingerprint, syncedFingerprint } = origin;
  if (desiredFingerprint === undefined || syncedFingerprint === undefined) {
    return 'lacking';
  }
  if (desiredFingerprint !== syncedFingerprint) {
    return 'differs';
  }
  return origin.unfollowed === undefined ? 'same' : 'unfollowed';
}
