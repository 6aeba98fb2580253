import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort';
import { Program } from './Program';
import { root } from './root';

const READY_MS = 120_000;

export interface StartPortalOptions {
  stateDir: string;
  token: string;
  sandboxPort: number;
  port?: number;
  /** Configuration files added behind the portal's own. */
  config?: string[];
}

export interface RunningPortal {
  url: string;
  port: number;
  /** What it was given to be configured by beyond its own. */
  config: string[];
  program: Program;
}

/**
 * Starts the portal's backend on a free port; it serves the built app, which
 * `npm test` has made before (a development server would take 1.4 GB).
 */
export async function startPortal(
  options: StartPortalOptions,
): Promise<RunningPortal> {
  if (!existsSync(join(root, 'examples/portal/app/dist/index.html'))) {
    throw new Error(
      'The portal’s app is not built: run npm test -- --only e2e, which builds it first',
    );
  }
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const added = options.config ?? [];
  const own = [
    'app-config.yaml',
    'app-config.sandbox.yaml',
    'app-config.e2e.yaml',
  ].map(name => join(root, name));
  const program = Program.start({
    name: 'portal',
    args: [
      '--enable-source-maps',
      join(root, 'tools', 'run-ts.cjs'),
      'src/index.ts',
      ...[...own, ...added].flatMap(file => ['--config', file]),
    ],
    cwd: join(root, 'examples', 'portal', 'backend'),
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      DAY2_STATE_DIR: options.stateDir,
      DAY2_APP_PORT: String(port),
      DAY2_BACKEND_PORT: String(port),
      DAY2_SANDBOX_PORT: String(options.sandboxPort),
      DAY2_SANDBOX_URL: `http://localhost:${options.sandboxPort}`,
      DAY2_SANDBOX_TOKEN: options.token,
    },
  });
  try {
    await program.waitUntilAnswers({
      url: `${url}/.backstage/health/v1/readiness`,
      ms: READY_MS,
    });
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url, port, config: added, program };
}
