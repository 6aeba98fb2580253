import type { MetricQuery, ObjectiveIndicator } from './objective';
import { OpenSloIndicator, type OpenSloMetric } from './openSlo';
import { readBy, refused, type Reading } from './reading';

/** Longest query that is kept: characters. */
const MAX_QUERY = 10_000;

/**
 * What an SLI counts, of its `spec` or of the same inside an SLO.
 *
 * @param options - `typeOf`: type of a DataSource by its name
 */
export function readIndicator(options: {
  spec: unknown;
  name?: string;
  typeOf: (source: string) => string | undefined;
}): Reading<ObjectiveIndicator> {
  const { name, typeOf } = options;
  const read = readBy(OpenSloIndicator, options.spec);
  if (!('value' in read)) {
    return read;
  }
  const { ratioMetric, thresholdMetric } = read.value;
  if (thresholdMetric) {
    return ratioMetric
      ? refused('either ratioMetric or thresholdMetric is allowed, not both')
      : refused(
          'a thresholdMetric is not measured: it counts no good or bad events; use a ratioMetric',
          'thresholdMetric',
        );
  }
  if (!ratioMetric) {
    return refused('a ratioMetric is missing');
  }
  const { good, bad, total, raw, counter = false } = ratioMetric;
  if (raw) {
    return refused(
      'a ratio computed before is not measured: it does not say of how many events; use good or bad and total',
      'ratioMetric',
      'raw',
    );
  }
  const metric = good ?? bad;
  if (!metric || (good && bad)) {
    return refused('one of good and bad is needed', 'ratioMetric');
  }
  if (!total) {
    return refused('total is missing', 'ratioMetric');
  }
  const counts = good ? 'good' : 'bad';
  const events = readMetric(metric, typeOf, 'ratioMetric', counts);
  const all = readMetric(total, typeOf, 'ratioMetric', 'total');
  if (!('value' in events)) {
    return events;
  }
  if (!('value' in all)) {
    return all;
  }
  return {
    value: {
      ...(name === undefined ? {} : { name }),
      counts,
      events: events.value,
      total: all.value,
      counter,
    },
  };
}

function readMetric(
  metric: OpenSloMetric,
  typeOf: (source: string) => string | undefined,
  ...path: string[]
): Reading<MetricQuery> {
  const { metricSourceRef: source, type, spec } = metric.metricSource;
  const at = [...path, 'metricSource'];
  const typeOfSource = source === undefined ? undefined : typeOf(source);
  const said = type ?? typeOfSource;
  if (said === undefined) {
    return source === undefined
      ? refused('a type or a metricSourceRef is missing', ...at)
      : refused(
          `there is no DataSource ${source}, and no type beside the reference`,
          ...at,
          'metricSourceRef',
        );
  }
  if (typeOfSource && typeOfSource.toLowerCase() !== said.toLowerCase()) {
    return refused(
      `the DataSource ${source} is of type ${typeOfSource}, not ${said}`,
      ...at,
      'type',
    );
  }
  if (said.toLowerCase() !== 'prometheus') {
    return refused(
      `metrics of ${said} are not measured, only those of Prometheus`,
      ...at,
      ...(type === undefined ? ['metricSourceRef'] : ['type']),
    );
  }
  const { query } = spec;
  if (typeof query !== 'string' || query.trim() === '') {
    return refused('a query is missing', ...at, 'spec', 'query');
  }
  return query.length > MAX_QUERY
    ? refused(
        `a query of over ${MAX_QUERY} characters is not read`,
        ...at,
        'spec',
        'query',
      )
    : {
        value: {
          query: query.trim(),
          ...(source === undefined ? {} : { source }),
        },
      };
}
