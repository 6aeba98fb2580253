import { annotations, type WhyEmpty } from '@day2/backstage-plugin-day2-common';
import type { Visibility } from '../permissions/VisibleServices';
import type { ServiceRow } from '../services/ServiceStore';
import type { Feed } from '../sources/SourceFeed';
import { notReadable } from '../sources/whyEmpty';
import { exampleObjective } from './exampleObjective';
import type { Measurers } from './measurers';
import { prometheusConfig } from './whyObjective';

/** Why a service has no objective, and what to do. */
export function whyNoObjectives(options: {
  service: ServiceRow;
  feed: Feed;
  /** A source that measures is configured. */
  hasMeasurer: boolean;
}): WhyEmpty {
  const { service, feed } = options;
  const named = service.annotations[annotations.objectives];
  const reading = feed.configured.filter(({ kinds }) =>
    kinds.includes('objective'),
  );
  const failing = reading.find(({ error }) => error);
  if (named && failing?.error) {
    return notReadable(failing, failing.error);
  }
  if (named && reading.some(each => each.lastSuccessAt === undefined)) {
    return {
      reason: 'not-read-yet',
      text: `${named} has not been read yet; its objectives appear here by themselves`,
    };
  }
  if (named) {
    return {
      reason: 'nothing-found',
      text: `There is no SLO in ${named}`,
      fix: {
        text: 'Write an SLO (OpenSLO v1) in it',
        config: exampleObjective(nameOf(service)),
        docs: 'docs/objectives.md',
      },
    };
  }
  return {
    reason: 'annotation-missing',
    text: options.hasMeasurer
      ? `No file says which objectives ${service.title} has`
      : `No file says which objectives ${service.title} has, and no Prometheus is configured that could measure them`,
    fix: {
      text: 'Put an SLO (OpenSLO v1) beside catalog-info.yaml, and name it there',
      annotation: { key: annotations.objectives, value: 'slo.yaml' },
      config: exampleObjective(nameOf(service)),
      docs: 'docs/objectives.md',
    },
  };
}

/** Why there is no objective on the page of all. */
export function whyNoObjectivesAtAll(options: {
  visible: Visibility;
  measurers: Measurers;
  /** Objectives that the caller may see. */
  total: number;
}): WhyEmpty {
  if (options.total > 0) {
    return { reason: 'nothing-found', text: 'No objective matches' };
  }
  if (options.visible.kind === 'none') {
    return {
      reason: 'forbidden',
      text: 'There is no service in the catalog that you may see',
      fix: {
        text: 'Ask who keeps the portal’s permission policy for catalog.entity.read',
        docs: 'docs/permissions.md',
      },
    };
  }
  const text = 'No service that you may see has objectives';
  return options.measurers.size > 0
    ? {
        reason: 'annotation-missing',
        text,
        fix: {
          text: 'Put an SLO (OpenSLO v1) beside a service’s catalog-info.yaml, and name it there',
          annotation: { key: annotations.objectives, value: 'slo.yaml' },
          config: exampleObjective('payments-api'),
          docs: 'docs/objectives.md',
        },
      }
    : {
        reason: 'source-not-configured',
        text: `${text}, and no Prometheus that could measure them is configured in this portal`,
        fix: {
          text: 'Add your Prometheus to app-config.yaml',
          config: prometheusConfig('main'),
          docs: 'docs/prometheus.md',
        },
      };
}

function nameOf(service: ServiceRow): string {
  return service.ref.slice(service.ref.lastIndexOf('/') + 1);
}
