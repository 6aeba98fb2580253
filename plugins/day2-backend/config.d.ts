export interface Config {
  /** Day 2 for Backstage */
  day2?: {
    /**
     * Environments, the first that matches wins. Where absent: production,
     * staging, testing and development with their usual short names.
     */
    environments?: Array<{
      /** The name shown, e.g. `production`. */
      name: string;
      /** How close to customers it is; `unknown` never counts as production. */
      tier: 'production' | 'staging' | 'testing' | 'development' | 'unknown';
      /** What sources call it, `*` matches anything, e.g. `prod-*`. The name itself always matches. */
      match?: string[];
      /** Clusters, regions or tenants; a version is deployed when it reached the last. */
      targets?: string[];
    }>;
    services?: {
      /**
       * Kinds of catalog entities that are services.
       * @default ['component']
       */
      kinds?: string[];
    };
  };
}
