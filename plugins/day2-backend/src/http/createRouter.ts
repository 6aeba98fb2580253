import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { RouteAccessService } from '../permissions/RouteAccessService';
import type { Handlers } from './Handlers';
import { mountContract } from './mountContract';
import { openApiDocument } from './openApiDocument';

/** The plugin's routes: the contract, and its OpenAPI document. */
export function createRouter(options: {
  handlers: Handlers;
  httpAuth: HttpAuthService;
  access: RouteAccessService;
  auditor: AuditorService;
  /** External base URL of the API, for the document. */
  baseUrl: string;
}): Router {
  const router = PromiseRouter();
  mountContract({ ...options, router });
  const document = openApiDocument(options);
  router.get('/openapi.json', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json(document);
  });
  return router;
}
