import { createServer } from 'net';
import type { AddressInfo } from 'net';
import { Monitoring } from '../monitoring/Monitoring';
import type { World } from '../world/World';
import { checkPort } from './checkPort';
import type { SandboxOptions } from './SandboxOptions';

const host = '127.0.0.1';

/** Under which name the portal knows the sandbox's Alertmanager. */
const sourceName = 'tern';

/** @throws Error that says which port is taken, and what to do. */
export async function checkMonitoringPorts(
  options: SandboxOptions,
): Promise<void> {
  const { prometheusPort = 0, alertmanagerPort = 0 } = options.monitoring ?? {};
  for (const [port, choice] of [
    [prometheusPort, 'DAY2_PROMETHEUS_PORT'],
    [alertmanagerPort, 'DAY2_ALERTMANAGER_PORT'],
  ] as const) {
    if (port !== 0) {
      await checkPort({ port, host, choice });
    }
  }
}

/**
 * Starts Prometheus and Alertmanager, where they are asked for. Where they do not
 * start it says why, and the sandbox goes on without them.
 */
export async function startMonitoring(given: {
  options: SandboxOptions;
  world: World;
  directory: string;
  url: string;
  isLive: boolean;
}): Promise<
  | {
      monitoring: Monitoring;
      urls: { prometheusUrl: string; alertmanagerUrl: string };
    }
  | undefined
> {
  const { options, world, directory, url, isLive } = given;
  const { monitoring: asked, backend, onProgress = () => {} } = options;
  if (!asked) {
    return undefined;
  }
  const ports = {
    prometheus: asked.prometheusPort || (await freePort()),
    alertmanager: asked.alertmanagerPort || (await freePort()),
  };
  try {
    const monitoring = await Monitoring.start({
      programs: asked.programs,
      world,
      directory,
      url,
      ports,
      isLive,
      onProgress,
      ...(backend && {
        webhook: {
          url: `${backend.url}/api/day2/webhooks/alertmanager:${sourceName}`,
          token: backend.token,
        },
      }),
    });
    return {
      monitoring,
      urls: {
        prometheusUrl: `http://localhost:${ports.prometheus}`,
        alertmanagerUrl: `http://localhost:${ports.alertmanager}`,
      },
    };
  } catch (error) {
    onProgress(
      `The sandbox goes on without Prometheus and Alertmanager: ${
        (error as Error).message
      }`,
    );
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
