import { parseEntityRef } from '@backstage/catalog-model';
import { annotations, type WhyEmpty } from '@day2/backstage-plugin-day2-common';
import type { ServiceRow } from '../services/ServiceStore';
import type { Feed } from '../sources/SourceFeed';
import { notReadable } from '../sources/whyEmpty';

const config = [
  'day2:',
  '  argocd:',
  '    instances:',
  '      - name: main',
  '        url: https://argocd.example.com',
  '        token: ${ARGOCD_TOKEN}',
].join('\n');

/** Why no application of a service is known, and what to do. */
export function whyNoApplications(options: {
  service: ServiceRow;
  feed: Feed;
  /** Set where only those of an environment were asked for. */
  environment?: string;
  /** There are some elsewhere. */
  hasOthers?: boolean;
}): WhyEmpty {
  const { service, feed, environment } = options;
  const able = feed.configured.filter(({ kinds }) =>
    kinds.includes('application'),
  );
  if (options.hasOthers) {
    return {
      reason: 'nothing-found',
      text: `No application of ${service.title} runs in ${environment}`,
    };
  }
  if (able.length === 0) {
    return {
      reason: 'source-not-configured',
      text: 'No source that knows live state, as Argo CD, is configured in this portal',
      fix: {
        text: 'Add your Argo CD to app-config.yaml',
        config,
        docs: 'docs/argocd.md',
      },
    };
  }
  const failing = able.filter(source => source.error);
  const unread = able.find(
    each => each.lastSuccessAt === undefined && !each.error,
  );
  if (failing[0]?.error && failing.length === able.length) {
    return notReadable(failing[0], failing[0].error);
  }
  if (unread) {
    return {
      reason: 'not-read-yet',
      text: `${unread.title} has not been read to its end yet; what it says appears here by itself`,
    };
  }
  const { name } = parseEntityRef(service.ref);
  return {
    reason: 'annotation-missing',
    text: [
      `No application that ${titles(able)} ${
        able.length === 1 ? 'has' : 'have'
      } is tied to ${service.title}`,
      ...(failing.length > 0
        ? [`as far as is known: ${titles(failing)} could not be read now`]
        : []),
    ].join(', '),
    fix: {
      text: 'Name its applications in catalog-info.yaml, by name or by a selector over their labels (argocd/app-selector)',
      annotation: {
        key: annotations.argocdAppName,
        value: `${name}-production`,
      },
      docs: 'docs/argocd.md',
    },
  };
}

function titles(sources: { title: string }[]): string {
  return sources.map(({ title }) => title).join(', ');
}
