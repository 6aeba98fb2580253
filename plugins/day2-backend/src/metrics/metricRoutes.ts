import {
  namedMetricsOf,
  type NamedMetrics,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Handlers } from '../http/Handlers';
import { iso } from '../http/range';
import { principalKey } from '../permissions/principalKey';
import { patienceMs } from '../sources/schedule';
import type { FeedingSource, SourceFeed } from '../sources/SourceFeed';
import { notReadable } from '../sources/whyEmpty';
import type { AlertReading, AlertRuleStore } from './AlertRuleStore';
import { READ_EVERY_MS } from './AlertRuleWorker';
import { emptyChart } from './chartOf';
import { chartRange } from './chartRange';
import type { ChartReads } from './ChartReads';
import {
  metricSourceOf,
  metricSources,
  type MetricSource,
} from './metricSources';
import { NamedAlertReads } from './NamedAlertReads';
import { nothingNamed, nothingToAsk } from './whyNoMetrics';

type Answer = OperationOutput<'getServiceMetrics'>;

/** What annotations of a service name in Prometheus. */
export function metricRoutes(options: {
  rules: AlertRuleStore;
  charts: ChartReads;
  feed: SourceFeed;
  sources: () => Source[];
  now: () => number;
}): Pick<Handlers, 'getServiceMetrics'> {
  const { feed } = options;
  const alertReads = NamedAlertReads.create(options);

  async function alertsOf(
    named: NonNullable<NamedMetrics['alerts']>,
    { source, standing }: Asked,
  ): Promise<Answer['alerts']> {
    const reading = await options.rules.reading(source.id);
    const { readAt } = reading;
    const old = whyOld({ reading, standing, now: options.now() });
    if (readAt === undefined) {
      return {
        items: [],
        missing: [],
        empty: old ?? {
          reason: 'not-read-yet',
          text: `The alert rules of ${source.title} have not been read yet; they appear here by themselves`,
        },
      };
    }
    return {
      ...(await alertReads.of({ source: source.id, readAt, named })),
      asOf: iso(readAt),
      stale: old,
    };
  }

  return {
    async getServiceMetrics({ service, query, credentials }) {
      const range = chartRange({ query, now: options.now() });
      const named = namedMetricsOf(service.annotations);
      if (!named.alerts && named.charts.length === 0) {
        return { charts: [], empty: nothingNamed(service) };
      }
      const all = metricSources(options.sources());
      const source = metricSourceOf(named, all);
      if (!source) {
        const some = all.length > 0;
        return { charts: [], empty: nothingToAsk({ named, some }) };
      }
      const standing = (await feed.configured()).find(
        ({ id }) => id === source.id,
      );
      const asked = { source, standing };
      const [alerts, charts] = await Promise.all([
        named.alerts && alertsOf(named.alerts, asked),
        Promise.all(
          named.charts.map(async chart =>
            standing?.paused
              ? { ...emptyChart(chart, range), error: pausedText(source) }
              : options.charts.of({
                  source,
                  asked: chart,
                  range,
                  service: service.id,
                  reader: principalKey(credentials),
                }),
          ),
        ),
      ]);
      const { id, title, url } = source;
      return { source: { id, title, url }, alerts, charts };
    },
  };
}

/** A source with how it stands. */
interface Asked {
  source: MetricSource;
  standing?: FeedingSource;
}

/** Why what was read of rules is not of now; nothing where it is. */
function whyOld(options: {
  reading: AlertReading;
  standing?: FeedingSource;
  now: number;
}): Answer['empty'] {
  const { reading, standing, now } = options;
  const { readAt, failingSince, error } = reading;
  const title = standing?.title ?? 'The source';
  if (standing?.paused) {
    return { reason: 'not-read-yet', text: pausedText({ title }) };
  }
  if (error && standing) {
    return notReadable({ ...standing, failingSince }, error);
  }
  return readAt !== undefined && now - readAt > patienceMs(READ_EVERY_MS / 1000)
    ? {
        reason: 'not-read-yet',
        text: `The alert rules of ${title} have not been read since then`,
        since: iso(readAt),
      }
    : undefined;
}

function pausedText({ title }: { title: string }): string {
  return `${title} is paused on the Sources page`;
}
