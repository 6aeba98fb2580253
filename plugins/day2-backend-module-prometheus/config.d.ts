import type { HumanDuration } from '@backstage/types';

export interface Config {
  day2?: {
    prometheus?: {
      /** Where absent, `prometheus.instances[]` or `prometheus.proxyPath` is read. */
      instances?: Array<{
        /** Unique; the source is prometheus:<name>, and an OpenSLO DataSource of that name means it. */
        name: string;
        /** Address before /api/v1: http or https, with the sub-path it is served under. */
        url: string;
        /** Where people look at it; default the url. */
        frontendUrl?: string;
        /**
         * Sent as a bearer token.
         * @visibility secret
         */
        token?: string;
        /** In place of a token. */
        username?: string;
        /** @visibility secret */
        password?: string;
        /** Sent with each request, as X-Scope-OrgID of a tenant. */
        headers?: {
          /** @visibility secret */
          [name: string]: string;
        };
        /** How often to look for what is missing; default a minute. */
        every?: string | HumanDuration;
        /** It measures objectives that name no source; default where it is the only one. */
        default?: boolean;
      }>;
    };
  };
  /** As other plugins for Prometheus have it: the proxy's target and headers are used. */
  prometheus?: {
    proxyPath?: string;
    uiUrl?: string;
    instances?: Array<{
      name?: string;
      proxyPath?: string;
      uiUrl?: string;
    }>;
  };
}
