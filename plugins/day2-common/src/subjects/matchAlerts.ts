import { annotations } from '../annotations';
import { alertMatches, namedLabels } from './alertMatchers';
import { byName, type Finding, type MatchableSubject } from './matchFinding';
import type { MatchableService, ServiceIndex } from './ServiceIndex';

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
 *
 * @remarks Whoever writes an entity could take the alerts of all others with an
 * annotation that selects many. So an alert whose label is the name of a service
 * is another one's only where the annotation spells out what that label is.
 */
export function* matchAlerts(
  traits: Traits,
  index: ServiceIndex,
): Generator<Finding> {
  const labels = traits.labels ?? {};
  const alert = traits.alert ?? labels.alertname ?? '';
  const named = nameOf(labels, index);
  const mayTake = (service: MatchableService, spokenOf: readonly string[]) =>
    !named || named.services.has(service) || spokenOf.includes(named.label);
  yield {
    rule: 'alerts',
    candidates: index.alerts
      .matchersFor(labels)
      .filter(
        ({ service, matchers }) =>
          alertMatches(matchers, labels) &&
          mayTake(service, namedLabels(matchers)),
      )
      .map(({ service, text }) => ({
        service,
        reason: `annotation ${annotations.alerts} "${text}" selects the alert ${alert}`,
      })),
  };
  yield {
    rule: 'alerts',
    candidates: index.alerts
      .namesFor(alert)
      .filter(
        ({ service, requirements }) =>
          requirements.every(({ key, value }) => labels[key] === value) &&
          mayTake(
            service,
            requirements.map(({ key }) => key),
          ),
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

/** The first label that is the name of services, and whose. */
function nameOf(
  labels: Record<string, string>,
  index: ServiceIndex,
): { label: string; services: Set<MatchableService> } | undefined {
  for (const label of NAME_LABELS) {
    const name = Object.hasOwn(labels, label) ? labels[label] : '';
    const services = name
      ? index.byName(name).filter(({ removed }) => !removed)
      : [];
    if (services.length > 0) {
      return { label, services: new Set(services) };
    }
  }
  return undefined;
}
