/** A commit, and what some paths held there. @public */
export interface RevisionDescription {
  /**
   * Along the first parent of the tracked branch: the same number as `order` of
   * the desired deployments that this source observes. Absent where the commit
   * is not on that line, as one of another branch or a side of a merge.
   */
  position?: number;
  /** Ids of the trees or files at the paths asked for, in their order; undefined where nothing is there. */
  trees: (string | undefined)[];
  /**
   * What the paths refer to, and so on (bases of Kustomize, charts in the
   * repository): `<path> <id>` each, sorted. The same list is the same content.
   */
  references?: string[];
  /** What they take in besides, and the repository cannot tell, in words: "what https://… holds". */
  unfollowed?: string[];
  /** Epoch milliseconds: committer time. */
  committedAt: number;
  /** Where people look at it. */
  url?: string;
}

/**
 * Answers questions about revisions of one repository, from a mirror of it.
 *
 * @public
 */
export interface RevisionReader {
  /**
   * What is known of these commits, in their order; undefined for those that
   * the mirror does not have, by now or for good.
   *
   * @param options - `paths` relative to the root, '' being the root itself; at
   * most 500 revisions and 20,000 paths in all
   * @throws SourceError where the mirror cannot be read
   */
  describe(options: {
    /** `sha` in full. */
    revisions: { sha: string; paths: string[] }[];
    signal: AbortSignal;
  }): Promise<(RevisionDescription | undefined)[]>;
}
