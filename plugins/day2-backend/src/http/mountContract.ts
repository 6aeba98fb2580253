import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import {
  contract,
  type Operation,
  type Route,
} from '@day2/backstage-plugin-day2-common';
import type { Request, Response, Router } from 'express';
import type { RouteAccessService } from '../permissions/RouteAccessService';
import type { Handlers } from './Handlers';
import { idempotencyHeader } from './idempotencyHeader';
import { parseInput } from './parseInput';
import { readJsonBody } from './readJsonBody';

interface MountOptions {
  router: Router;
  handlers: Handlers;
  httpAuth: HttpAuthService;
  access: RouteAccessService;
  auditor: AuditorService;
}

/**
 * Mounts every operation of the contract, each the same way: credentials, kind
 * of principal, permission, body and parameters, audit, work, answer. A route
 * cannot be added any other way, so none can forget a step.
 */
export function mountContract(options: MountOptions): void {
  for (const [operation, route] of Object.entries(contract) as [
    Operation,
    Route,
  ][]) {
    options.router[route.method](route.path, async (request, response) => {
      await answer({ ...options, operation, route, request, response });
    });
  }
}

async function answer(
  options: MountOptions & {
    operation: Operation;
    route: Route;
    request: Request;
    response: Response;
  },
): Promise<void> {
  const { operation, route, request, response } = options;
  const eventId = kebab(operation);
  let credentials: BackstageCredentials;
  let params: Record<string, unknown>;
  let service: unknown;
  try {
    credentials = await options.httpAuth.credentials(request, {
      allow: route.principals,
    });
    params = parseInput({
      schema: route.params,
      value: request.params,
      part: 'path',
    });
    service = await options.access.check({ route, params, credentials });
  } catch (error) {
    await auditRefusal({ ...options, eventId, error: toError(error) });
    throw error;
  }

  const query = parseInput({
    schema: route.query,
    value: request.query,
    part: 'query',
  });
  const idempotencyKey = route.idempotent
    ? readIdempotencyKey(request)
    : undefined;
  const body = route.body
    ? parseInput({
        schema: route.body,
        value: await readJsonBody({ request, response }),
        part: 'body',
      })
    : undefined;

  const handle = options.handlers[operation] as (
    input: unknown,
  ) => Promise<unknown>;
  const work = () =>
    handle({ credentials, params, query, body, service, idempotencyKey });
  const result =
    route.method === 'get'
      ? await work()
      : await audited(
          { ...options, eventId, meta: auditMeta(params, body) },
          work,
        );
  response.status(statusOf(result)).json(result);
}

async function audited<T>(
  options: {
    auditor: AuditorService;
    eventId: string;
    request: Request;
    meta: Record<string, string>;
  },
  work: () => Promise<T>,
): Promise<T> {
  const event = await options.auditor.createEvent({
    eventId: options.eventId,
    request: options.request,
    severityLevel: 'medium',
    meta: options.meta,
  });
  try {
    const result = await work();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}

/** Nobody signed in is the portal's own log's matter; everything else refused is ours. */
async function auditRefusal(options: {
  auditor: AuditorService;
  eventId: string;
  request: Request;
  error: Error;
}): Promise<void> {
  const refused =
    options.error.name === 'NotAllowedError' ||
    (options.error.name === 'NotFoundError' && 'refused' in options.error);
  if (!refused) {
    return;
  }
  const event = await options.auditor.createEvent({
    eventId: options.eventId,
    request: options.request,
    severityLevel: options.request.method === 'GET' ? 'low' : 'medium',
    meta: { refused: true },
  });
  await event.fail({ error: options.error });
}

function readIdempotencyKey(request: Request): string {
  const value = request.headers['idempotency-key'];
  if (value === undefined) {
    throw new InputError(
      'Send the header Idempotency-Key with a value that names this deployment for ever, e.g. the id of the pipeline run; sending the same again is then safe',
    );
  }
  return parseInput({
    schema: idempotencyHeader,
    value,
    part: 'header.Idempotency-Key',
  });
}

/** Which thing, and what is done to it: names, words of the contract and ids. */
const SAID_IN_AUDIT = [
  'action',
  'service',
  'environment',
  'version',
  'type',
  'field',
  'kind',
  'with',
  'candidate',
  'verdict',
  'said',
];

/** What an audit entry says of a request: which thing, never whole bodies. */
function auditMeta(
  params: Record<string, unknown>,
  body: unknown,
): Record<string, string> {
  const meta: Record<string, string> = {};
  for (const [key, value] of Object.entries(params)) {
    meta[key] = String(value);
  }
  for (const key of SAID_IN_AUDIT) {
    const value = (body as Record<string, unknown> | undefined)?.[key];
    if (typeof value === 'string') {
      meta[key] = value;
    }
  }
  return meta;
}

/** 202 for what was newly taken in; 200 for answers and repetitions. */
function statusOf(result: unknown): number {
  return typeof result === 'object' &&
    result !== null &&
    'repeated' in result &&
    result.repeated === false
    ? 202
    : 200;
}

function kebab(operation: string): string {
  return operation.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
