import type { WhyEmpty } from '@day2/backstage-plugin-day2-common';
import type { Visibility } from '../permissions/VisibleServices';
import type { FeedingSource } from '../sources/SourceFeed';

/** Why a service of the fleet has no sync state. */
export function whyNoSyncOf(configured: FeedingSource[]): string {
  const able = configured.filter(({ kinds }) => kinds.includes('application'));
  if (able.length === 0) {
    return 'No source that knows live state, as Argo CD, is configured in this portal';
  }
  const [failing] = able;
  // What others read is no worse for it, and its own failure is said above.
  if (failing.error && able.every(({ error }) => error)) {
    return `${failing.title} could not be read: ${failing.error.text}`;
  }
  return able.some(each => each.lastSuccessAt === undefined)
    ? 'Not everything has been read to its end yet'
    : 'No application is tied to it; its page tells the annotation to add';
}

/** Why the fleet shows no service. */
export function whyNoFleet(options: {
  visible: Visibility;
  /** Services that the caller may see. */
  total: number;
}): WhyEmpty {
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
  return options.total > 0
    ? { reason: 'nothing-found', text: 'No service matches' }
    : {
        reason: 'nothing-found',
        text: 'No component of the catalog is known here, or not yet',
        fix: {
          text: 'Register a component, or name other kinds in day2.services.kinds',
          docs: 'docs/services.md',
        },
      };
}
