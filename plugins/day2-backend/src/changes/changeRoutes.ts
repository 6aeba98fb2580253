import { NotFoundError } from '@backstage/errors';
import type { DeploymentReads } from '../deployments/DeploymentReads';
import type { Handlers } from '../http/Handlers';
import { parseRange } from '../http/range';
import type { VisibleServices } from '../permissions/VisibleServices';
import type { ServiceStore } from '../services/ServiceStore';
import type { AnswerContext } from '../sources/AnswerContext';
import type { ChangeReads } from './ChangeReads';

/** Changes of a service, and one change. */
export function changeRoutes(options: {
  changes: ChangeReads;
  deployments: DeploymentReads;
  services: ServiceStore;
  visible: VisibleServices;
  context: AnswerContext;
  now: () => number;
}): Pick<Handlers, 'listServiceChanges' | 'getChange'> {
  return {
    async listServiceChanges({ service, query, credentials }) {
      const range = parseRange({ query, now: options.now() });
      const page = await options.changes.list({
        ...query,
        serviceId: service.id,
        range,
        visibleAmong: serviceIds =>
          options.visible.among({ serviceIds, credentials }),
      });
      const context = await options.context.of({
        of: 'changes',
        service,
        credentials,
        range,
        environment: query.environment,
        isEmpty: page.items.length === 0 && !query.cursor,
      });
      return { ...page, ...context };
    },

    async getChange({ params, credentials }) {
      const found = await options.changes.byId({
        id: params.id,
        visibleAmong: serviceIds =>
          options.visible.among({ serviceIds, credentials }),
      });
      if (!found) {
        throw new NotFoundError(
          'No change of that id is of a service that you may see',
        );
      }
      const { change, visible } = found;
      const [deployments, service] = await Promise.all([
        options.deployments.byIds({ ids: change.deploymentIds, visible }),
        options.services.byRef(change.services[0].ref),
      ]);
      return {
        change,
        deployments,
        asOf:
          service &&
          (await options.context.asOf({
            part: 'changes',
            serviceId: service.id,
            credentials,
          })),
      };
    },
  };
}
