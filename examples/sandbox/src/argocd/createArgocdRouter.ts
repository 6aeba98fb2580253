import express, { type Request, type Router } from 'express';
import type { ApplicationPlan } from '../world/sync/ApplicationState';
import type { World } from '../world/World';
import { applicationOf, resourceVersion } from './applicationOf';
import type { ArgoApplication } from './ArgoApplication';
import { sendGatewayError } from './gatewayError';
import { matchesSelector } from './matchesSelector';
import { selectFields } from './selectFields';
import { SessionTokens } from './SessionTokens';

const version = {
  Version: 'v3.1.4+c7f2d3a',
  BuildDate: '2026-08-12T09:12:31Z',
  GitCommit: 'c7f2d3a4e0b95d1c8f6a7be20d4f5a1c3e9b8d70',
  GitTag: 'v3.1.4',
  GitTreeState: 'clean',
  GoVersion: 'go1.24.6',
  Compiler: 'gc',
  Platform: 'linux/amd64',
  KustomizeVersion: 'v5.7.0 2025-06-28T07:00:07Z',
  HelmVersion: 'v3.18.4+gd80839c',
  KubectlVersion: 'v0.33.1',
  JsonnetVersion: 'v0.21.0',
};

/**
 * The API of the company's Argo CDs, one for each cluster, below
 * `/<cluster>/api`: session, version and applications, read-only.
 */
export function createArgocdRouter(options: {
  world: World;
  tokens: SessionTokens;
  /** Applications the token may not read alone, though it may list them. */
  isForbidden: (plan: ApplicationPlan) => boolean;
}): Router {
  const { world, tokens, isForbidden } = options;
  const router = express.Router();

  router.param('instance', (_request, response, next, instance) => {
    if (appsOf(world, instance).length > 0) {
      next();
    } else {
      response.status(404).type('text/plain').send('404 page not found\n');
    }
  });

  router.get('/:instance/api/version', (request, response) => {
    // Who has not signed in learns the version alone.
    const isRefused = tokens.refuse(request.headers.authorization);
    response.json(isRefused ? { Version: version.Version } : version);
  });

  router.post(
    '/:instance/api/v1/session',
    express.json({ type: () => true }),
    (request, response) => {
      const { username, password } = request.body ?? {};
      const token = tokens.signIn(username, password);
      if (token) {
        response.json({ token });
      } else {
        sendGatewayError(response, 16, 'Invalid username or password');
      }
    },
  );

  router.use('/:instance/api', (request, response, next) => {
    const refusal = tokens.refuse(request.headers.authorization);
    if (refusal) {
      sendGatewayError(response, 16, refusal);
    } else {
      next();
    }
  });

  router.get('/:instance/api/v1/applications', (request, response) => {
    const { fields } = request.query;
    const apps = appsOf(world, request.params.instance);
    const all = apps.map(app =>
      applicationOf({
        world: world.state,
        app,
        url: urlOf(request),
        at: world.end,
      }),
    );
    try {
      const items = filtered(all, request).sort((a, b) =>
        a.metadata.name.localeCompare(b.metadata.name),
      );
      response.json({
        metadata: {
          resourceVersion: `${Math.max(
            ...apps.map(app => resourceVersion(world.state, app, world.end)),
          )}`,
        },
        items:
          typeof fields === 'string' && fields !== ''
            ? items.map(item => selectFields(item, fields))
            : items,
      });
    } catch (error) {
      sendGatewayError(response, 3, (error as Error).message);
    }
  });

  router.get('/:instance/api/v1/applications/:name', (request, response) => {
    const { instance, name } = request.params;
    const { appNamespace, project, projects } = request.query;
    const namespace = one(appNamespace) || 'argocd';
    const app = appsOf(world, instance).find(
      ({ plan }) => plan.name === name && plan.namespace === namespace,
    );
    const wanted = many(projects ?? project);
    if (!app && wanted.length > 0) {
      sendGatewayError(
        response,
        5,
        `applications.argoproj.io "${name}" not found`,
      );
    } else if (
      !app ||
      isForbidden(app.plan) ||
      (wanted.length > 0 && !wanted.includes(app.plan.project))
    ) {
      // Argo CD does not tell those apart from what is not there.
      sendGatewayError(response, 7, 'permission denied');
    } else {
      response.json(
        applicationOf({
          world: world.state,
          app,
          url: urlOf(request),
          at: world.end,
        }),
      );
    }
  });

  router.use('/:instance/api', (request, response) => {
    if (request.method === 'GET') {
      sendGatewayError(response, 5, 'Not Found');
    } else {
      sendGatewayError(response, 12, 'Method Not Allowed');
    }
  });

  return router;
}

function appsOf(world: World, instance: string) {
  return [...world.state.applications.values()].filter(
    ({ plan }) => plan.instance === instance,
  );
}

function filtered(
  applications: ArgoApplication[],
  { query }: Request,
): ArgoApplication[] {
  const projects = [...many(query.projects), ...many(query.project)];
  const [name, namespace] = [one(query.name), one(query.appNamespace)];
  const [repo, selector] = [one(query.repo), one(query.selector)];
  return applications.filter(
    ({ metadata, spec }) =>
      (projects.length === 0 || projects.includes(spec.project)) &&
      (!name || metadata.name === name) &&
      (!namespace || metadata.namespace === namespace) &&
      (!repo ||
        (spec.sources ?? [spec.source!]).some(
          source => normal(source.repoURL) === normal(repo),
        )) &&
      (!selector || matchesSelector(metadata.labels ?? {}, selector)),
  );
}

/** A repository's URL without what makes no difference. */
function normal(url: string): string {
  return url.toLowerCase().replace(/(\.git)?\/?$/, '');
}

function many(value: unknown): string[] {
  return [value]
    .flat()
    .filter((each): each is string => typeof each === 'string' && each !== '');
}

function one(value: unknown): string {
  return many(value)[0] ?? '';
}

/** The sandbox's own address, whatever name it was asked by. */
function urlOf(request: Request<unknown>): string {
  return `http://localhost:${request.socket.localPort}`;
}
