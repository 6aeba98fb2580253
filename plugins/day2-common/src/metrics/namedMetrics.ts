import { annotations } from '../annotations';
import { commaList } from '../subjects/pathPattern';
import { splitOutside } from './splitOutside';

/** More are not drawn: each is a query when the page loads. */
const MAX_CHARTS = 20;
const MAX_NAMES = 200;
const ALL = 'all';

/** What the annotations of a service say of alerts and graphs. @public */
export interface NamedMetrics {
  /** Alerts by their names; absent where none is named. */
  alerts?: {
    /** Of all rules. */
    all: boolean;
    names: string[];
    /** Labels that an alert must have, all of them. */
    labels: Record<string, string>;
  };
  charts: { query: string; dimension?: string }[];
  /** The instance that is asked; the default one where absent. */
  instance?: string;
}

/**
 * Reads `prometheus.io/rule` (`query|dimension`, the dimension optional),
 * `prometheus.io/alert` (`all`, or names), `prometheus.io/labels` (`key=value`)
 * and `prometheus.io/service-name`. Lists are parted by commas; one within
 * brackets or quotes belongs to the query, and so does a bar.
 *
 * @param given - the annotations of an entity
 *
 * @public
 */
export function namedMetricsOf(given: Record<string, string>): NamedMetrics {
  const names = commaList(given[annotations.prometheusAlert]);
  const instance = given[annotations.prometheusInstance]?.trim();
  return {
    ...(names.length > 0
      ? {
          alerts: {
            all: names.includes(ALL),
            names: [...new Set(names)]
              .filter(name => name !== ALL)
              .slice(0, MAX_NAMES),
            labels: labelsOf(given[annotations.prometheusLabels]),
          },
        }
      : {}),
    charts: chartsOf(given[annotations.prometheusRule] ?? ''),
    ...(instance ? { instance } : {}),
  };
}

function chartsOf(text: string): NamedMetrics['charts'] {
  const seen = new Set<string>();
  return splitOutside({ text, at: ',' })
    .flatMap(item => {
      const [query, dimension] = splitOutside({ text: item, at: '|' });
      const key = `${query}|${dimension ?? ''}`;
      if (!query || seen.has(key)) {
        return [];
      }
      seen.add(key);
      return [{ query, ...(dimension ? { dimension } : {}) }];
    })
    .slice(0, MAX_CHARTS);
}

function labelsOf(text: string | undefined): Record<string, string> {
  return Object.fromEntries(
    commaList(text).flatMap(item => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(item) ?? [];
      return key ? [[key.trim(), value.trim()]] : [];
    }),
  );
}
