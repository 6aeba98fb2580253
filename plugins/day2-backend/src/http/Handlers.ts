import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Contract,
  Operation,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { z } from 'zod';
import type { ServiceRow } from '../services/ServiceStore';

type BodyOf<K extends Operation> = Contract[K] extends {
  body: infer B extends z.ZodType;
}
  ? z.output<B>
  : undefined;

/** What a handler is given: everything is checked already. */
export interface RouteRequest<K extends Operation> {
  credentials: BackstageCredentials;
  params: z.output<Contract[K]['params']>;
  query: z.output<Contract[K]['query']>;
  body: BodyOf<K>;
  /** Of routes about one service: the service, which the caller may see. */
  service: Contract[K]['access'] extends 'visible-service'
    ? ServiceRow
    : undefined;
  /** Of routes that demand one. */
  idempotencyKey: Contract[K] extends { idempotent: true } ? string : undefined;
}

/** One function an operation of the contract. */
export type Handlers = {
  [K in Operation]: (request: RouteRequest<K>) => Promise<OperationOutput<K>>;
};
