import type { ServicePart } from '@day2/backstage-plugin-day2-common';
import type { FeedingSource } from './SourceFeed';

/** The delivery figures of a service, which are no part of its summary. */
export type AnswerPart = ServicePart | 'delivery';

const changes: FeedingSource['kinds'] = [
  'deployment',
  'change',
  'commit',
  'tag',
];

/** What a source must tell of for a part to rest on it. */
const KINDS: Record<AnswerPart, FeedingSource['kinds']> = {
  sync: ['application'],
  objectives: ['objective', 'measurement'],
  incidents: ['incident'],
  onCall: ['on-call'],
  deployments: ['deployment'],
  changes,
  timeline: [...changes, 'incident'],
  delivery: [...changes, 'incident'],
};

/** The sources, of these, that a part rests on. */
export function sourcesOfPart(
  part: AnswerPart,
  sources: FeedingSource[],
): FeedingSource[] {
  return sources.filter(source => tellsOf(source, KINDS[part]));
}

/** One that is misconfigured names no kind, and might tell of any. */
export function tellsOf(
  source: FeedingSource,
  kinds: FeedingSource['kinds'],
): boolean {
  return (
    source.kinds.length === 0 || kinds.some(kind => source.kinds.includes(kind))
  );
}
