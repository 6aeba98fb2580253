import type { HumanDuration } from '@backstage/types';

export interface Config {
  day2?: {
    alertmanager?: {
      instances?: Array<{
        /** Unique; the source is alertmanager:<name>. */
        name: string;
        /** Address before /api/v2: http or https, with the sub-path it is served under. */
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
        /** What it proves itself with at POST /api/day2/webhooks/alertmanager:<name>; without it nothing is taken there. */
        webhook?: {
          /**
           * Of its http_config.authorization.credentials.
           * @visibility secret
           */
          token?: string;
          /**
           * The one before, accepted while it is being changed.
           * @visibility secret
           */
          formerToken?: string;
          /** Of its http_config.basic_auth, in place of a token. */
          username?: string;
          /** @visibility secret */
          password?: string;
          /** @visibility secret */
          formerPassword?: string;
        };
        /** How often its API is read; default a minute. */
        every?: string | HumanDuration;
        /** Labels that hold the name of the service in the catalog, the first that is there, in place of the label service. */
        labels?: string[];
        /** Where an alert is: the first rule that fits; default the label environment, or env. */
        environments?: Array<{
          /** Regular expressions over the values of labels, by name, with the named group environment. */
          labels: { [name: string]: string };
          /** Text with {{group}}, in place of the named group. */
          environment?: string;
        }>;
      }>;
    };
  };
}
