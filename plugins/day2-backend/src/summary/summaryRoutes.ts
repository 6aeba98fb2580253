import type { Handlers } from '../http/Handlers';
import { parseRange } from '../http/range';
import type { ServiceSummaryBuilder } from './ServiceSummaryBuilder';

/** The summary of a service's page. */
export function summaryRoutes(options: {
  summary: ServiceSummaryBuilder;
  now: () => number;
}): Pick<Handlers, 'getServiceSummary'> {
  return {
    async getServiceSummary({ service, query, credentials }) {
      const now = options.now();
      return await options.summary.build({
        service,
        credentials,
        environment: query.environment,
        range: parseRange({ query, now }),
        now,
      });
    },
  };
}
