import { join } from 'node:path';
import { root } from '../support';

/**
 * Does what `npm start -- --gitops <url>` does before it starts the portal;
 * answers the configuration files to add.
 */
export async function addGitops(options: {
  urls: string[];
  stateDir: string;
}): Promise<string[]> {
  const tools = join(root, 'tools', 'src');
  const { prepareGitops } = require(join(tools, 'start/prepareGitops.cjs'));
  const { pathsOf } = require(join(tools, 'support/paths.cjs'));
  const { Supervisor } = require(join(tools, 'support/Supervisor.cjs'));
  const supervisor = new Supervisor();
  try {
    return await prepareGitops({
      urls: options.urls,
      paths: {
        ...pathsOf(root),
        state: options.stateDir,
        gitops: join(options.stateDir, 'gitops'),
      },
      configs: ['app-config.yaml', 'app-config.sandbox.yaml'].map(name =>
        join(root, name),
      ),
      node: { bin: process.execPath },
      env: process.env,
      supervisor,
    });
  } finally {
    await supervisor.stopAll();
  }
}
