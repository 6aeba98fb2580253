import { createServer as createHttpServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { WebhookSender } from '../pagerduty/WebhookSender';
import { Poster } from '../poster/Poster';
import { createServer } from '../server/createServer';
import type { LiveParts } from '../server/orders';
import { StateFolder } from '../state/StateFolder';
import { DAY, startOfDay } from '../world/time';
import { World } from '../world/World';
import { checkPort } from './checkPort';
import { Life } from './Life';
import { openRepositories } from './openRepositories';
import { resolveSeed } from './resolveSeed';
import type { SandboxOptions } from './SandboxOptions';
import { checkMonitoringPorts, startMonitoring } from './startMonitoring';
import { writeCatalog } from './writeCatalog';

/** A sandbox that runs. @public */
export interface Sandbox {
  url: string;
  world: World;
  /** Where Prometheus and Alertmanager answer; absent where they do not run. */
  monitoring?: { prometheusUrl: string; alertmanagerUrl: string };
  /** Ends it; what is on disk stays. */
  stop(): Promise<void>;
}

/**
 * Makes the world, or continues the one there is up to now, writes it into Git
 * repositories and serves it.
 *
 * @throws Error that says what to do where the port is taken, git is missing,
 * or the state folder holds another world than the one asked for.
 * @public
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', onProgress = () => {} } = options;
  const now = options.now ?? Date.now;
  if (port !== 0) {
    await checkPort({ port, host });
  }
  await checkMonitoringPorts(options);
  const state = StateFolder.create({ stateDir: options.stateDir });
  if (options.reset) {
    onProgress('Beginning anew');
    await state.clear();
  }
  const end = options.end ?? now();
  const kept = await state.readSeed();
  const seed = resolveSeed({ kept, asked: options, end });
  onProgress(
    `${kept ? 'Continuing' : 'Making'} a world of ${Math.round(
      (startOfDay(end) - seed.start) / DAY,
    )} days and ${seed.services} services, seed ${seed.seed}`,
  );
  const world = World.create({
    ...seed,
    end,
    stimuli: kept ? await state.readStimuli() : [],
  });
  const repositories = await openRepositories({ state, world, isNew: !kept });
  await writeCatalog({ state, world });
  if (!kept) {
    // Last: without it the next start takes all this for remains.
    await state.writeSeed(seed);
  }
  const models = [...world.state.repositories.values()];
  onProgress(
    `${models.length} Git repositories with ${models.reduce(
      (sum, model) => sum + model.commits.length,
      0,
    )} commits`,
  );

  const poster =
    options.backend &&
    (await Poster.create({
      state,
      posts: world.state.posts,
      backendUrl: options.backend.url,
      token: options.backend.token,
    }));
  const live: LiveParts = { isReady: false };
  const server = createHttpServer(
    createServer({
      gitDirectory: state.gitDirectory,
      world,
      poster,
      protection: options.protection,
      argocdToken: options.argocdToken ?? 'sandbox',
      live,
    }),
  );
  const url = await listen(server, port, host);
  poster?.start();
  const webhooks =
    options.backend &&
    (await WebhookSender.create({
      state,
      world,
      url: `${url}/pagerduty`,
      target: `${options.backend.url}/api/day2/webhooks/pagerduty:tern`,
      secret: options.backend.token,
    }));
  const isLive = (options.live ?? true) && options.end === undefined;
  const monitored = await startMonitoring({
    options,
    world,
    directory: state.directory,
    url,
    isLive,
  });
  live.monitoring = monitored?.monitoring;
  const life = isLive
    ? Life.start({
        world,
        state,
        repositories,
        poster,
        webhooks,
        now,
        paceSeconds: options.pace ?? 180,
        onProgress,
      })
    : undefined;
  live.life = life;
  live.isReady = true;
  return {
    url,
    world,
    ...(monitored && { monitoring: monitored.urls }),
    stop: async () => {
      await life?.stop();
      await monitored?.monitoring.stop();
      await webhooks?.stop();
      await poster?.stop();
      await new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

async function listen(
  server: Server,
  port: number,
  host: string,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return `http://localhost:${address.port}`;
}
