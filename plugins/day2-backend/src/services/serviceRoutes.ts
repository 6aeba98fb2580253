import type {
  EnvironmentRule,
  WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import type { Handlers } from '../http/Handlers';
import { iso } from '../http/range';
import type {
  Visibility,
  VisibleServices,
} from '../permissions/VisibleServices';
import type { DirectoryLease } from './DirectoryLease';
import { toService, type ServiceStore } from './ServiceStore';

/** Services and environments. */
export function serviceRoutes(options: {
  store: ServiceStore;
  visible: VisibleServices;
  lease: DirectoryLease;
  environments: EnvironmentRule[];
  now: () => number;
}): Pick<Handlers, 'listServices' | 'listEnvironments'> {
  return {
    async listEnvironments() {
      return {
        items: options.environments.map(({ name, tier, targets }) => ({
          name,
          tier,
          targets,
        })),
        asOf: iso(options.now()),
      };
    },

    async listServices({ query, credentials }) {
      const visible = await options.visible.of(credentials);
      const page = await options.store.list({ ...query, visible });
      const readAt = await options.lease.lastSuccessAt();
      return {
        items: page.items.map(toService),
        nextCursor: page.nextCursor,
        asOf: readAt === undefined ? undefined : iso(readAt),
        empty:
          page.items.length === 0 && !query.cursor
            ? whyNone({ visible, readAt, filtered: hasFilter(query) })
            : undefined,
      };
    },
  };
}

function hasFilter(query: {
  owner?: string;
  system?: string;
  text?: string;
}): boolean {
  return Boolean(query.owner || query.system || query.text);
}

function whyNone(options: {
  visible: Visibility;
  readAt?: number;
  filtered: boolean;
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
  if (options.readAt === undefined) {
    return {
      reason: 'not-read-yet',
      text: 'The catalog has not been read yet; services appear by themselves',
    };
  }
  return options.filtered
    ? { reason: 'nothing-found', text: 'No service matches' }
    : {
        reason: 'nothing-found',
        text: 'The catalog has no component',
        fix: {
          text: 'Register a component, or name other kinds in day2.services.kinds',
          docs: 'docs/services.md',
        },
      };
}
