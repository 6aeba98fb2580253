export interface Config {
  /** Day 2 for Backstage */
  day2?: {
    /**
     * Environments, the first that matches wins. Where absent: production,
     * staging, testing and development with their usual short names.
     * An entry that is wrong is left out, and said in the log and on the Sources page.
     */
    environments?: Array<{
      /** The name shown, e.g. `production`. */
      name: string;
      /** How close to customers it is; `unknown` never counts as production. */
      tier: 'production' | 'staging' | 'testing' | 'development' | 'unknown';
      /** What sources call it, `*` matches anything, e.g. `prod-*`. The name itself always matches. */
      match?: string[];
      /** Names of clusters, regions or tenants, for pages. A version is deployed when it reached the last target that sources saw it on; services need not run on every one. */
      targets?: string[];
    }>;
    incidents?: {
      /** How the priority of incidents is found: impact × urgency. */
      priority?: {
        /** Priority (1 to 5) by impact, then by urgency; ITIL's where absent. All nine must be given. */
        matrix?: {
          [impact in 'high' | 'medium' | 'low']: {
            [urgency in 'high' | 'medium' | 'low']: number;
          };
        };
        /** What words of tools mean, before what is built in: by tool (`*`: any), field and word. */
        meanings?: {
          [tool: string]: {
            [field in 'priority' | 'urgency' | 'severity']?: {
              [word: string]: {
                impact?: 'high' | 'medium' | 'low';
                urgency?: 'high' | 'medium' | 'low';
              };
            };
          };
        };
        /** Impact where no tool tells it, by `day2/tier` of the most critical service that is hit. */
        impactByTier?: {
          [tier: string]: 'high' | 'medium' | 'low';
        };
      };
    };
    objectives?: {
      /**
       * Days for which slots of five minutes and changes of state are kept: from 400 to 3650.
       * @default 400
       */
      keepDays?: number;
    };
    services?: {
      /**
       * Kinds of catalog entities that are services.
       * @default ['component']
       */
      kinds?: string[];
    };
  };
}
