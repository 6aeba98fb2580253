import { join } from 'node:path';
import { freePort } from './freePort';
import { monitoringEnv } from './monitoring';
import type { MonitoringPorts } from './monitoring';
import { Program } from './Program';
import { root } from './root';

const READY_MS = 180_000;

export interface StartSandboxOptions {
  stateDir: string;
  token: string;
  /** Where the hub will answer, for the service that posts its deployments. */
  backendPort: number;
  port?: number;
  args?: string[];
  /** With a real Prometheus and Alertmanager beside it, on these ports. */
  monitoring?: MonitoringPorts;
}

export interface RunningSandbox {
  url: string;
  port: number;
  program: Program;
}

/** Starts the simulated company on a free port. */
export async function startSandbox(
  options: StartSandboxOptions,
): Promise<RunningSandbox> {
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const program = Program.start({
    name: 'sandbox',
    args: [
      join(root, 'tools', 'run-ts.cjs'),
      'src/main.ts',
      ...(options.args ?? []),
    ],
    cwd: join(root, 'examples', 'sandbox'),
    env: {
      DAY2_STATE_DIR: options.stateDir,
      DAY2_SANDBOX_PORT: String(port),
      DAY2_SANDBOX_URL: url,
      DAY2_SANDBOX_TOKEN: options.token,
      DAY2_BACKEND_PORT: String(options.backendPort),
      ...monitoringEnv(options.monitoring),
    },
  });
  try {
    await program.waitUntilAnswers({ url: `${url}/healthz`, ms: READY_MS });
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url, port, program };
}
