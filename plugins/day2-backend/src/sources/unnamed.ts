import type { FeedingSource } from './SourceFeed';

/**
 * A source as it is told to who may not read sources: how it stands, without
 * its title and the words of its error, which name repositories and hosts.
 *
 * @param at - its place among all, so that it is told from others
 */
export function unnamed(source: FeedingSource, at: number): FeedingSource {
  return {
    ...source,
    unnamed: true,
    title: `Source ${at + 1}`,
    error: source.error && {
      code: source.error.code,
      text: `it fails (${source.error.code}); the permission day2.source.read shows which it is and why`,
    },
  };
}
