export interface Config {
  day2?: {
    notifications?: {
      /** Incidents of this priority and those that are more pressing: 1 to 5, default 3. Those of none are told. */
      priority?: number;
      /** States of objectives that are told when they begin, and when they end; default page and exhausted. */
      objectives?: Array<'page' | 'ticket' | 'exhausted'>;
    };
  };
}
