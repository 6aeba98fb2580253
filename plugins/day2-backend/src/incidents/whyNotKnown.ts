import type { FeedingSource } from '../sources/SourceFeed';
import { notReadable } from '../sources/whyEmpty';

/**
 * Why one cannot say that nothing is open: a source that would tell of it fails,
 * waits or was never read.
 *
 * @param telling - those that would tell of incidents of the service
 * @returns in a sentence; undefined where all of them were read
 */
export function whyNotKnown(
  telling: readonly FeedingSource[],
): string | undefined {
  for (const source of telling) {
    const { title, error, paused, lastSuccessAt } = source;
    if (error) {
      return notReadable(source, error).text;
    }
    if (paused) {
      return `${title} is paused: what opened since is not known until it goes on`;
    }
    if (lastSuccessAt === undefined) {
      return `${title} has not been read to its end yet`;
    }
  }
  return undefined;
}
