import {
  contract,
  type Operation,
  type Route,
} from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { idempotencyHeader } from './idempotencyHeader';

const ErrorAnswer = z
  .object({
    error: z.object({ name: z.string(), message: z.string() }),
    request: z.object({ method: z.string(), url: z.string() }),
    response: z.object({ statusCode: z.number().int() }),
  })
  .meta({ id: 'ErrorAnswer', description: 'Backstage’s form of an error' });

/** The OpenAPI 3.1 document of the contract. */
export function openApiDocument(options: {
  baseUrl: string;
}): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const [operation, route] of Object.entries(contract) as [
    Operation,
    Route,
  ][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method]: describe(operation, route),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Day 2 for Backstage',
      version: '1',
      description:
        'Deployments, changes and their sources, per service of the catalog.',
    },
    servers: [{ url: options.baseUrl }],
    security: [{ backstageToken: [] }],
    components: {
      securitySchemes: {
        backstageToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A Backstage user token, or a static token of backend.auth.externalAccess',
        },
      },
    },
    paths,
  });
}

function describe(
  operation: Operation,
  route: Route,
): ZodOpenApiOperationObject {
  const failure = (description: string) => ({
    description,
    content: { 'application/json': { schema: ErrorAnswer } },
  });
  return {
    operationId: operation,
    summary: route.summary,
    description: `Access: ${route.access}; callers: ${route.principals.join(
      ', ',
    )}.`,
    tags: [route.path.split('/')[1]],
    requestParams: {
      path: route.params,
      query: route.query,
      ...(route.idempotent
        ? { header: z.object({ 'Idempotency-Key': idempotencyHeader }) }
        : {}),
    },
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: route.body } },
          },
        }
      : {}),
    responses: {
      ...(route.method === 'post'
        ? { '202': answer('Taken', route), '200': answer('Done', route) }
        : { '200': answer('The answer', route) }),
      '400': failure('The request is not valid; the message names the field'),
      '401': failure('Not signed in'),
      '403': failure('Not allowed'),
      '404': failure('Not there, or not visible to the caller'),
      ...(route.idempotent
        ? { '409': failure('The key was used with another body') }
        : {}),
    },
  };
}

function answer(description: string, route: Route) {
  return {
    description,
    content: { 'application/json': { schema: route.response } },
  };
}
