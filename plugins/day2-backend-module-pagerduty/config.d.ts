import type { HumanDuration } from '@backstage/types';

export interface Config {
  day2?: {
    pagerduty?: {
      /** Where absent, `pagerDuty.accounts[]` and `pagerDuty.apiToken` are read. */
      accounts?: Array<{
        /** Unique; the source is pagerduty:<name>, and pagerduty.com/account names it. */
        name: string;
        /**
         * A REST API key of the account; one that only reads is enough.
         * @visibility secret
         */
        token: string;
        /** Default https://api.pagerduty.com; in Europe https://api.eu.pagerduty.com. */
        apiUrl?: string;
        /** How often to look for something new; default a minute. */
        every?: string | HumanDuration;
        /** How far back to read at first; default 90 days. */
        since?: string | HumanDuration;
        webhook?: {
          /**
           * Secrets of its webhook subscriptions (v3); any of them may have signed.
           * @deepVisibility secret
           */
          secrets: string[];
        };
        /** Names of custom fields of incidents that are read; one request more for each incident. */
        fields?: {
          /** When the impact started: a date and time. */
          impactStartedAt?: string;
          /** What caused it: a version, a commit, an address. */
          cause?: string;
          /** Where it is. */
          environment?: string;
        };
        /** Where an incident is: the first rule that fits. */
        environments?: Array<{
          /** Regular expression over the name of the service; may hold the named group environment. */
          service?: string;
          /** The same over the title of the incident. */
          title?: string;
          /** In place of the named group. */
          environment?: string;
        }>;
      }>;
    };
  };
  /** As the plugin of PagerDuty has it. */
  pagerDuty?: {
    apiBaseUrl?: string;
    /** @visibility secret */
    apiToken?: string;
    accounts?: Array<{
      id?: string;
      apiBaseUrl?: string;
      /** @visibility secret */
      apiToken?: string;
    }>;
  };
}
