import {
  namedMetricsOf,
  type NamedMetrics,
} from '@day2/backstage-plugin-day2-common';
import type { MetricReader, Source } from '@day2/backstage-plugin-day2-node';

/** A source that answers queries and knows rules of alerts. */
export type MetricSource = Pick<Source, 'id' | 'title' | 'url'> & {
  metrics: MetricReader;
  measures?: Source['measures'];
};

export function metricSources(sources: Source[]): MetricSource[] {
  return sources.flatMap(({ id, title, url, metrics, measures }) =>
    metrics ? [{ id, title, url, metrics, measures }] : [],
  );
}

/** The one that a service names, else where it names none the default one. */
export function metricSourceOf(
  named: Pick<NamedMetrics, 'instance'>,
  sources: MetricSource[],
): MetricSource | undefined {
  const { instance } = named;
  return sources.find(({ measures }) =>
    instance === undefined
      ? measures?.isDefault
      : measures?.names.includes(instance),
  );
}

/** The sources whose alerts one of these services names. */
export function alertSourcesOf(options: {
  /** Annotations of each service. */
  services: Record<string, string>[];
  sources: MetricSource[];
}): MetricSource[] {
  const { services, sources } = options;
  const found = services.flatMap(annotations => {
    const named = namedMetricsOf(annotations);
    return (named.alerts && metricSourceOf(named, sources)) ?? [];
  });
  return sources.filter(source => found.includes(source));
}
