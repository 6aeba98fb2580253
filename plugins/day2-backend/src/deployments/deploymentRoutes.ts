import { NotFoundError } from '@backstage/errors';
import type { Handlers } from '../http/Handlers';
import { parseRange } from '../http/range';
import type { VisibleServices } from '../permissions/VisibleServices';
import type { AnswerContext } from '../sources/AnswerContext';
import type { CarriedCommitReads } from './CarriedCommitReads';
import type { DeploymentReads } from './DeploymentReads';

/** Deployments of a service, and one deployment. */
export function deploymentRoutes(options: {
  deployments: DeploymentReads;
  commits: CarriedCommitReads;
  visible: VisibleServices;
  context: AnswerContext;
  now: () => number;
}): Pick<Handlers, 'listServiceDeployments' | 'getDeployment'> {
  return {
    async listServiceDeployments({ service, query, credentials }) {
      const range = parseRange({ query, now: options.now() });
      const page = await options.deployments.list({
        ...query,
        serviceId: service.id,
        range,
      });
      const context = await options.context.of({
        of: 'deployments',
        service,
        credentials,
        range,
        environment: query.environment,
        isEmpty: page.items.length === 0 && !query.cursor,
      });
      return { ...page, ...context };
    },

    async getDeployment({ params, credentials }) {
      const serviceId = await options.deployments.serviceIdOf(params.id);
      const found =
        serviceId &&
        (await options.deployments.byId({
          id: params.id,
          visible: await options.visible.among({
            serviceIds: [serviceId],
            credentials,
          }),
        }));
      if (!found) {
        throw new NotFoundError(
          'No deployment of that id is of a service that you may see',
        );
      }
      const [commits, asOf] = await Promise.all([
        options.commits.of(found),
        options.context.asOf({ part: 'deployments', ...found, credentials }),
      ]);
      return { deployment: found.deployment, ...commits, asOf };
    },
  };
}
