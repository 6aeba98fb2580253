import type { Truth } from '@day2/sandbox';
import { judge, type TrueDelivery, type TrueDeployment } from './truth';
import type { GetContext } from '../TestContext';

/**
 * Answers what each deployment of the company is to the metrics, worked out
 * once.
 *
 * @param deploymentsOf - the deployments of a service to production, as far as
 * the tools of this portal tell of them
 */
export function scoreboardDeliveries(
  context: GetContext,
  deploymentsOf: (truth: Truth, service: string) => TrueDeployment[],
): () => TrueDelivery[] {
  let known: TrueDelivery[] | undefined;
  return () => {
    const { truth } = context();
    known ??= truth.services.flatMap(({ name: service }) =>
      judge({ truth, service, deployments: deploymentsOf(truth, service) }),
    );
    return known;
  };
}
