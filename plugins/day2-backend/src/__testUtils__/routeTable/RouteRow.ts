/** How a route is asked, and what each caller is answered. */
export interface RouteRow {
  path: string;
  body?: object;
  headers?: Record<string, string>;
  /** Answer to nobody signed in, another team, the owner, a service token. */
  none: 401;
  other: number;
  owner: number;
  service: number;
}

/** The service that has all of it. */
export const payments = '/services/component/default/payments-api';
