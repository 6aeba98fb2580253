const fs = require('node:fs');
const path = require('node:path');
const { bootstrap } = require('../bootstrap/bootstrap.cjs');
const { checkPorts } = require('../bootstrap/checkPorts.cjs');
const { duration } = require('../support/duration.cjs');
const { Problem } = require('../support/Problem.cjs');
const { statusOf, waitFor } = require('../support/waitFor.cjs');
const { ensureToken } = require('./ensureToken.cjs');
const { portalConfig, portalEnv } = require('./portalConfig.cjs');
const { portsOf } = require('./portsOf.cjs');
const { prepareGitops } = require('./prepareGitops.cjs');
const { Services } = require('./Services.cjs');
const { HELP, startOptions } = require('./startOptions.cjs');

/** The first sandbox makes 120 days of Git history. */
const SANDBOX_MS = 10 * 60_000;
const PORTAL_MS = 3 * 60_000;

/** `npm start`: set-up, sandbox and portal under one parent. Answers the exit code. */
async function startAll({ args, env, paths, supervisor }) {
  const began = Date.now();
  const options = startOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const ports = portsOf(env);
  await checkPorts(
    options.sandbox
      ? [ports.app, ports.backend, ports.sandbox]
      : [ports.app, ports.backend],
  );
  const ready = await bootstrap({ paths, supervisor, env });
  if (options.reset) {
    for (const name of ['sandbox', 'portal', 'git', 'gitops']) {
      fs.rmSync(path.join(paths.state, name), { recursive: true, force: true });
    }
  }
  const token = ensureToken({ paths });
  const childrenEnv = {
    ...portalEnv({ env: ready.env, paths, ports, token }),
    DAY2_GITOPS_URLS: JSON.stringify(options.gitops),
  };
  const configs = portalConfig({ root: paths.root, sandbox: options.sandbox });
  const gitops = await prepareGitops({
    urls: options.gitops,
    paths,
    configs,
    node: ready.node,
    env: childrenEnv,
    supervisor,
  });
  const services = new Services({ supervisor, env: childrenEnv });
  let over = false;
  services.ended.then(() => {
    over = true;
  });
  const cancelled = () => over || services.crashed || supervisor.stopping;

  if (options.sandbox) {
    console.log('Starting the sandbox …');
    services.start({
      name: 'sandbox',
      command: ready.node.bin,
      args: [
        path.join(paths.root, 'tools', 'run-ts.cjs'),
        'src/main.ts',
        ...options.sandboxArgs,
      ],
      cwd: path.join(paths.root, 'examples', 'sandbox'),
    });
    const up = await waitFor({
      check: async () =>
        (await statusOf(`http://localhost:${ports.sandbox.port}/`)) !==
        undefined,
      ms: SANDBOX_MS,
      cancelled,
    });
    if (!up) {
      return failed({ over, services, name: 'sandbox', ms: SANDBOX_MS });
    }
  }
  console.log('Starting the portal …');
  services.start({
    name: 'portal',
    command: path.join(paths.bin, 'backstage-cli'),
    args: [
      'repo',
      'start',
      'app',
      'backend',
      ...[...configs, ...gitops].flatMap(file => ['--config', file]),
    ],
    cwd: paths.root,
  });
  const app = `http://localhost:${ports.app.port}`;
  const readiness = `http://localhost:${ports.backend.port}/.backstage/health/v1/readiness`;
  const up = await waitFor({
    check: async () =>
      (await statusOf(readiness)) === 200 && (await statusOf(app)) === 200,
    ms: PORTAL_MS,
    cancelled,
  });
  if (!up) {
    return failed({ over, services, name: 'portal', ms: PORTAL_MS });
  }
  console.log(
    `\nReady after ${duration(
      Date.now() - began,
    )}. Open ${app} and sign in as one of the people shown. Ctrl-C ends everything.\n`,
  );
  return failed({ over: true, services });
}

/** Waits for the end of one of the programs and says so; the caller ends the others. */
async function failed({ over, services, name, ms }) {
  let what;
  if (over) {
    const end = await services.ended;
    what = `the ${end.name} ended (${end.reason}), so everything is stopped`;
  } else if (services.crashed) {
    what = `the ${name} crashed while starting, so everything is stopped`;
  } else {
    what = `the ${name} was not ready after ${duration(ms)}`;
  }
  throw new Problem({
    what,
    todo: 'Its log is above; the last error in it says why.',
  });
}

module.exports = { startAll };
