import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort';
import { monitoringPorts, writeMonitoringConfig } from './monitoring';
import { startPortal } from './startPortal';
import type { RunningPortal } from './startPortal';
import { startSandbox } from './startSandbox';
import type { RunningSandbox } from './startSandbox';

export interface StartWorldOptions {
  /** False for tests that need the portal alone. */
  sandbox?: boolean;
  sandboxArgs?: string[];
  /** False for tests that need no Prometheus and no Alertmanager. */
  monitoring?: boolean;
  config?: string[];
  /** Done with the state folder before the portal starts; answers further configuration. */
  prepare?: (stateDir: string) => Promise<string[]>;
}

export interface World {
  portal: RunningPortal;
  sandbox?: RunningSandbox;
  stateDir: string;
  token: string;
  /** Ends both and removes their state. */
  stop(): Promise<void>;
}

/** Sandbox and portal together, with a state folder and ports of their own. */
export async function startWorld(
  options: StartWorldOptions = {},
): Promise<World> {
  const stateDir = await mkdtemp(join(tmpdir(), 'day2-e2e-'));
  const token = randomBytes(24).toString('base64url');
  const backendPort = await freePort();
  const running: (RunningSandbox | RunningPortal)[] = [];
  async function stop() {
    await Promise.all(running.map(({ program }) => program.stop()));
    await rm(stateDir, { recursive: true, force: true });
  }
  try {
    let sandbox: RunningSandbox | undefined;
    const monitoring =
      options.sandbox === false || options.monitoring === false
        ? undefined
        : await monitoringPorts();
    if (options.sandbox !== false) {
      sandbox = await startSandbox({
        stateDir,
        token,
        backendPort,
        args: options.sandboxArgs,
        monitoring,
      });
      running.push(sandbox);
    }
    const prepared = await options.prepare?.(stateDir);
    const portal = await startPortal({
      stateDir,
      token,
      port: backendPort,
      // With no sandbox its sources point to a port where nothing answers.
      sandboxPort: sandbox?.port ?? (await freePort()),
      config: [
        await writeMonitoringConfig({ stateDir, ports: monitoring }),
        ...(options.config ?? []),
        ...(prepared ?? []),
      ],
    });
    running.push(portal);
    return { portal, sandbox, stateDir, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
