import { annotations, type WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';
import type { Visibility } from '../permissions/VisibleServices';
import type { ServiceRow } from '../services/ServiceStore';
import type { Feed, FeedingSource } from '../sources/SourceFeed';
import { notReadable } from '../sources/whyEmpty';

const config = [
  'day2:',
  '  pagerduty:',
  '    accounts:',
  '      - name: main',
  '        token: ${PAGERDUTY_TOKEN}',
  '  alertmanager:',
  '    instances:',
  '      - name: main',
  '        url: https://alertmanager.example.com',
].join('\n');

const NOT_CONFIGURED: WhyEmpty = {
  reason: 'source-not-configured',
  text: 'No source that knows incidents, as PagerDuty or Alertmanager, is configured in this portal',
  fix: {
    text: 'Add your PagerDuty or Alertmanager to app-config.yaml',
    config,
    docs: 'docs/incidents.md',
  },
};

/** Why a service has no incident, and what to do. */
export function whyNoIncidents(options: {
  service: ServiceRow;
  feed: Feed;
  range: Range;
  environment?: string;
  /** Only those that stand so were asked for. */
  state?: string;
  /** Of the newest one before the range; epoch milliseconds. */
  latestAt?: number;
}): WhyEmpty {
  const { service, feed } = options;
  const able = feed.configured.filter(toldOf);
  if (able.length === 0) {
    return NOT_CONFIGURED;
  }
  const tied = ['alerts', 'incident-service'].some(kind =>
    feed.subjectKinds.has(kind),
  );
  const feeding = able.filter(({ id }) => feed.feedingIds.has(id));
  const silent = whySilent(tied && feeding.length > 0 ? feeding : able);
  if (silent) {
    return silent;
  }
  if (!tied) {
    return {
      reason: 'annotation-missing',
      text: `No alert and no service that ${able
        .map(({ title }) => title)
        .join(', ')} ${able.length === 1 ? 'has' : 'have'} is tied to ${
        service.title
      }`,
      fix: {
        text: 'Name its PagerDuty service in catalog-info.yaml, or its alerts by their labels (day2/alerts)',
        annotation: {
          key: annotations.pagerdutyServiceId,
          value: 'PXXXXXX',
        },
        docs: 'docs/incidents.md',
      },
    };
  }
  return nothingFound({ ...options, of: ` of ${service.title}` });
}

/** Why the list of all is empty. */
export function whyNoIncidentsAtAll(options: {
  /** Those with the words that the caller may read. */
  configured: FeedingSource[];
  visible: Visibility;
  range: Range;
  environment?: string;
  filtered?: boolean;
  latestAt?: number;
}): WhyEmpty {
  const able = options.configured.filter(toldOf);
  if (options.visible.kind === 'none') {
    return {
      reason: 'forbidden',
      text: 'There is no service that you may see',
      fix: { text: 'Ask who keeps the permission policy of the portal' },
    };
  }
  return able.length === 0
    ? NOT_CONFIGURED
    : whySilent(able) ?? nothingFound({ ...options, of: '' });
}

function toldOf({ kinds }: FeedingSource): boolean {
  return kinds.includes('incident');
}

/** Where none of them can say that there is nothing. */
function whySilent(sources: FeedingSource[]): WhyEmpty | undefined {
  const failing = sources.find(({ error }) => error);
  if (failing?.error && sources.every(({ error }) => error)) {
    return notReadable(failing, failing.error);
  }
  const unread = sources.find(
    each => each.lastSuccessAt === undefined && !each.error,
  );
  return unread
    ? {
        reason: 'not-read-yet',
        text: `${unread.title} has not been read to its end yet; what it says appears here by itself`,
      }
    : undefined;
}

function nothingFound(options: {
  of: string;
  range: Range;
  environment?: string;
  filtered?: boolean;
  state?: string;
  latestAt?: number;
}): WhyEmpty {
  const { range, environment, filtered, latestAt, state } = options;
  const which = state === undefined ? 'incident' : `${state} incident`;
  const day = (millis: number) => iso(millis).slice(0, 10);
  const where = environment ? ` in ${environment}` : '';
  return {
    reason: 'nothing-found',
    text: `No ${which}${options.of}${where} from ${day(range.from)} to ${day(
      range.to - 1,
    )}${filtered ? ' that fits the filters' : ''}`,
    ...(latestAt === undefined || filtered || state !== undefined
      ? {}
      : {
          since: iso(latestAt),
          fix: {
            text: `The newest one before that was on ${day(
              latestAt,
            )}; take a longer range`,
          },
        }),
  };
}
