import { annotations } from '../annotations';
import { alertMatches } from './alertMatchers';
import { byName, type Finding, type MatchableSubject } from './matchFinding';
import type { ServiceIndex } from './ServiceIndex';

type Traits = MatchableSubject['traits'];

/** Labels that are the name of a service, in this order. */
const NAME_LABELS = [
  'service',
  'app',
  'app_kubernetes_io_name',
  'app_kubernetes_io_instance',
  'backstage_io_kubernetes_id',
  'job',
  'container',
  'deployment',
];

/**
 * The services of an alert: `day2/alerts`, else `prometheus.io/alert`, else a
 * label that is the name. Who says `day2/alerts` has the alerts it selects and
 * no others.
 */
export function* matchAlerts(
  traits: Traits,
  index: ServiceIndex,
): Generator<Finding> {
  const labels = traits.labels ?? {};
  const alert = traits.alert ?? labels.alertname ?? '';
  yield {
    rule: 'alerts',
    candidates: index.alerts
      .matchersFor(labels)
      .filter(({ matchers }) => alertMatches(matchers, labels))
      .map(({ service, text }) => ({
        service,
        reason: `annotation ${annotations.alerts} "${text}" selects the alert ${alert}`,
      })),
  };
  yield {
    rule: 'alerts',
    candidates: index.alerts
      .namesFor(alert)
      .filter(({ requirements }) =>
        requirements.every(({ key, value }) => labels[key] === value),
      )
      .map(({ service }) => ({
        service,
        reason: `annotation ${annotations.prometheusAlert} names the alert ${alert}`,
      })),
  };
  for (const label of NAME_LABELS) {
    const name = Object.hasOwn(labels, label) ? labels[label] : '';
    if (name) {
      const found = byName(
        'alert-label',
        name,
        `label ${label}=${name} is its name`,
        index,
      );
      yield 'candidates' in found
        ? {
            ...found,
            annotate: annotations.alerts,
            candidates: found.candidates.filter(
              ({ service }) => !service.annotations[annotations.alerts]?.trim(),
            ),
          }
        : found;
    }
  }
}
