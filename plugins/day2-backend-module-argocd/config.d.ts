import type { HumanDuration } from '@backstage/types';

export interface Config {
  day2?: {
    argocd?: {
      /** Where absent, `argocd.appLocatorMethods[].instances[]` is read. */
      instances?: Array<{
        /** Unique; the source is argocd:<name>, and argocd/instance-name names it. */
        name: string;
        /** Address of its API: http or https, with the sub-path it is served under. */
        url: string;
        /** Where people look at it; default the url. */
        frontendUrl?: string;
        /**
         * Of an account or a project role that may read applications.
         * @visibility secret
         */
        token?: string;
        /** In place of a token. */
        username?: string;
        /** @visibility secret */
        password?: string;
        /** How often to look for something new; default a minute. */
        every?: string | HumanDuration;
        /** Only applications of these projects. */
        projects?: string[];
        /** Only applications whose labels this selects, as in `team=shop`. */
        selector?: string;
        /** Where an application runs: the first rule that fits. */
        environments?: Array<{
          /** Regular expression over the application's name, with the named groups environment, target, application. */
          application?: string;
          /** The same over the name of the destination's cluster, or its address. */
          destination?: string;
          /** The same over the destination's namespace. */
          namespace?: string;
          /** The same over the values of labels, by key. */
          labels?: { [key: string]: string };
          /** Text with {{group}}, in place of the named group. */
          environment?: string;
          /** Text with {{group}}. */
          target?: string;
        }>;
      }>;
    };
  };
  /** As other plugins for Argo CD have it. */
  argocd?: {
    username?: string;
    /** @visibility secret */
    password?: string;
    appLocatorMethods?: Array<{
      instances?: Array<{
        name?: string;
        url?: string;
        frontendUrl?: string;
        /** @visibility secret */
        token?: string;
        username?: string;
        /** @visibility secret */
        password?: string;
      }>;
    }>;
  };
}
