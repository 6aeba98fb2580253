import type { TimelineKind } from '@day2/backstage-plugin-day2-common';
import type { Handlers } from '../http/Handlers';
import { parseRange } from '../http/range';
import type { AnswerContext } from '../sources/AnswerContext';
import type { TimelineReads } from './TimelineReads';

/** The timeline of a service. */
export function timelineRoutes(options: {
  timeline: TimelineReads;
  context: AnswerContext;
  now: () => number;
}): Pick<Handlers, 'listServiceTimeline'> {
  return {
    async listServiceTimeline({ service, query, credentials }) {
      const range = parseRange({ query, now: options.now() });
      const page = await options.timeline.list({
        ...query,
        serviceId: service.id,
        range,
        // The contract has checked the words.
        kinds: query.kinds
          ? (query.kinds.split(',') as TimelineKind[])
          : undefined,
      });
      const context = await options.context.of({
        of: 'timeline',
        service,
        credentials,
        range,
        environment: query.environment,
        isEmpty: page.items.length === 0 && !query.cursor,
      });
      return { ...page, ...context };
    },
  };
}
