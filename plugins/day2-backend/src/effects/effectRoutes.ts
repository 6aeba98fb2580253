import { NotFoundError } from '@backstage/errors';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type { Handlers } from '../http/Handlers';
import { retryGivenUp } from './retryGivenUp';

/** What people may do about what is told on the outside. */
export function effectRoutes(options: {
  database: Knex;
  effects: () => Effect[];
  now: () => number;
}): Pick<Handlers, 'controlEffect'> {
  return {
    async controlEffect({ params }) {
      if (!options.effects().some(({ id }) => id === params.id)) {
        throw new NotFoundError(
          `No module adds the effect ${params.id}; GET /api/day2/sources lists them`,
        );
      }
      const { retried, outdated } = await retryGivenUp({
        ...options,
        effect: params.id,
      });
      return {
        done: `${retried} of ${params.id} are told again; ${outdated} are not so any more and are told to nobody`,
      };
    },
  };
}
