import type { Source } from '../schema';

/** Sources with the revision of each, as a history entry or a result has them. */
export interface SourceAtRevision {
  source: Source;
  revision?: string;
}

/** One or several sources, one or several revisions: Argo CD has both shapes side by side. */
export function sourcesAt(options: {
  source?: Source;
  sources: Source[];
  revision?: string;
  revisions: string[];
  /** Where the entry says none itself. */
  fallback?: Source[];
}): SourceAtRevision[] {
  const { source, sources, revision, revisions, fallback = [] } = options;
  let own = sources;
  if (own.length === 0) {
    own = source ? [source] : fallback;
  }
  return own.map((each, index) => ({
    source: each,
    // Several revisions are in the order of the sources.
    revision: revisions[index] ?? (index === 0 ? revision : undefined),
  }));
}

/** Of Git: SHA-1 or SHA-256. A chart's revision is its version, an OCI artefact's a digest. */
export function isGitSha(revision: string | undefined): revision is string {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(revision ?? '');
}
