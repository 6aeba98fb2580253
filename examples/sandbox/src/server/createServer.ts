import express, {
  type Express,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { join } from 'path';
import { createArgocdRouter } from '../argocd/createArgocdRouter';
import { SessionTokens } from '../argocd/SessionTokens';
import { createMetricsRoute } from '../monitoring/createMetricsRoute';
import { createPagerdutyRouter } from '../pagerduty/createPagerdutyRouter';
import type { Poster } from '../poster/Poster';
import { runGit } from '../git/runGit';
import { servicesOf, truthOf } from '../world/truth';
import type { World } from '../world/World';
import { createCommitPages } from './commitPages';
import { FaultInput, Faults } from './Faults';
import { createGitRouter, type Protection } from './gitRouter';
import { type LiveParts, orderPrograms, orderRelease } from './orders';
import { RequestCounts } from './RequestCounts';

/** The sandbox's one HTTP server: `/git`, `/raw`, `/argocd`, `/pagerduty`, `/world`, `/healthz`. */
export function createServer(options: {
  gitDirectory: string;
  world: World;
  poster?: Poster;
  protection?: Protection;
  /** What the Argo CDs want as bearer token, and PagerDuty as its key. */
  argocdToken: string;
  /** What runs beside it, once it does; nothing where absent. */
  live?: LiveParts;
}): Express {
  const { gitDirectory, world, poster, protection } = options;
  const { live = { isReady: true } } = options;
  const app = express();
  app.disable('x-powered-by');
  const faults = Faults.create();
  const counts = RequestCounts.create();

  app.get('/healthz', (_request, response) => {
    const until = new Date(world.end).toISOString();
    const { isReady } = live;
    response
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? 'ok' : 'starting', until });
  });

  app.get('/metrics', createMetricsRoute({ world }));

  const has = (name: string) => world.state.repositories.has(name);
  const isPublic = (name: string) =>
    has(name) && !protection?.repositories.includes(name);
  app.use(
    '/git',
    counts.middleware('git'),
    faults.middleware('git'),
    createCommitPages({ directory: gitDirectory, isPublic }),
    createGitRouter({ directory: gitDirectory, has, protection }),
  );

  app.get(
    '/raw/:repository/:branch/*',
    counts.middleware('git'),
    faults.middleware('git'),
    async (request, response) => {
      const { repository, branch } = request.params;
      const path = (request.params as Record<string, string>)[0];
      if (!isPublic(repository) || !/^\w[\w.-]*$/.test(branch)) {
        response.status(404).json({ error: 'no such repository or branch' });
        return;
      }
      try {
        const content = await runGit({
          args: ['cat-file', 'blob', `${branch}:${path}`],
          cwd: join(gitDirectory, `${repository}.git`),
        });
        response.type('text/plain; charset=utf-8').send(content);
      } catch {
        response.status(404).json({ error: 'no such file' });
      }
    },
  );

  app.use(
    '/argocd',
    counts.middleware('argocd'),
    faults.middleware('argocd'),
    createArgocdRouter({
      world,
      tokens: SessionTokens.create({ token: options.argocdToken }),
      isForbidden: plan => faults.forbids('argocd', plan),
    }),
  );

  app.use(
    '/pagerduty',
    counts.middleware('pagerduty'),
    faults.middleware('pagerduty'),
    createPagerdutyRouter({ world, token: options.argocdToken }),
  );

  app.get('/world/services', (_request, response) => {
    response.json({ items: servicesOf(world) });
  });

  app.get('/world/truth', (request, response) => {
    const { service } = request.query;
    response.json(
      truthOf(world, {
        service: typeof service === 'string' ? service : undefined,
      }),
    );
  });

  app.get('/world/posts', (_request, response) => {
    response.json({
      planned: world.state.posts.length,
      ...poster?.status(),
    });
  });

  app.get('/world/requests', (_request, response) => {
    response.json(counts.list());
  });

  app
    .route('/world/faults')
    .all(onlyLoopback)
    .get((_request, response) => {
      response.json(faults.list());
    })
    .post(express.json(), orderPrograms(live), (request, response) => {
      const input = FaultInput.safeParse(request.body);
      if (!input.success) {
        response.status(400).json({
          error:
            'expected {"tool":"git|argocd|pagerduty","mode":"off|none|401|403|429|500|html|slow"}; off: no fault, none: no answer',
        });
        return;
      }
      faults.set(input.data);
      response.json(faults.list());
    });

  app
    .route('/world/bad-releases')
    .post(onlyLoopback, express.json(), orderRelease({ world, live }));

  return app;
}

/** Lets through what comes from this very machine. */
function onlyLoopback(
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  const address = request.socket.remoteAddress ?? '';
  if (/^(::1|(::ffff:)?127\.)/.test(address)) {
    next();
  } else {
    response.status(403).json({ error: 'only from this machine' });
  }
}
