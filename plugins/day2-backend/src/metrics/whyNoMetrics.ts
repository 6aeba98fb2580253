import {
  annotations,
  type NamedMetrics,
  type WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { prometheusConfig } from '../objectives/whyObjective';
import type { ServiceRow } from '../services/ServiceStore';

/** Where no annotation names anything. */
export function nothingNamed(service: ServiceRow): WhyEmpty {
  return {
    reason: 'annotation-missing',
    text: `Nothing says which alerts and graphs of Prometheus are of ${service.title}`,
    fix: {
      text: 'Name alerts in catalog-info.yaml, and queries with prometheus.io/rule',
      annotation: { key: annotations.prometheusAlert, value: 'HighErrorRate' },
      docs: 'docs/prometheus.md',
    },
  };
}

/** Where what is named cannot be asked for. */
export function nothingToAsk(options: {
  named: NamedMetrics;
  /** There is a source that could be named. */
  some: boolean;
}): WhyEmpty {
  const { instance } = options.named;
  if (instance === undefined && options.some) {
    return {
      reason: 'source-not-configured',
      text: 'There are several Prometheus instances, none of them is the default one, and the service names none',
      fix: {
        text: 'Name one in catalog-info.yaml, or give one default: true in app-config.yaml',
        annotation: { key: annotations.prometheusInstance, value: 'main' },
        docs: 'docs/prometheus.md',
      },
    };
  }
  return {
    reason: 'source-not-configured',
    text: instance
      ? `No Prometheus named ${instance} is configured in this portal`
      : 'No Prometheus is configured in this portal',
    fix: {
      text: 'Add it to app-config.yaml',
      config: prometheusConfig(instance ?? 'main'),
      docs: 'docs/prometheus.md',
    },
  };
}
