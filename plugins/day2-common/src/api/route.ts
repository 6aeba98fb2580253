import type { z } from 'zod';

/**
 * Who may call a route:
 * - `visible-service`: who may read the entity named in the path
 * - `visible-services`: everyone; sees only what is of services they may read
 * - `signed-in`: every user or service
 * - a permission's name: who has it
 *
 * @public
 */
export type RouteAccess =
  | 'visible-service'
  | 'visible-services'
  | 'signed-in'
  | 'day2.source.read'
  | 'day2.source.manage'
  | 'day2.deployment.create'
  | 'day2.event.create'
  | 'day2.incident.update';

/** One route of the API. @public */
export interface Route {
  method: 'get' | 'post';
  path: string;
  summary: string;
  access: RouteAccess;
  /** Which principals it takes; users alone where absent services would write in a person's name. */
  principals: ('user' | 'service')[];
  params: z.ZodObject;
  query: z.ZodObject;
  body?: z.ZodType;
  /** Needs the header `Idempotency-Key`. */
  idempotent?: boolean;
  response: z.ZodType;
}

/** Nothing. @public */
export type Empty = Record<string, never>;
/** What a route takes, from its schemas. @public */
export type InputOf<R extends Route> = (R['params'] extends z.ZodObject<infer P>
  ? keyof P extends never
    ? { params?: Empty }
    : { params: z.input<R['params']> }
  : never) & { query?: z.input<R['query']> } & (R extends {
    body: infer B extends z.ZodType;
  }
    ? { body: z.input<B> }
    : { body?: undefined }) &
  (R extends { idempotent: true }
    ? { idempotencyKey: string }
    : { idempotencyKey?: undefined });
