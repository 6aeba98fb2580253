const path = require('node:path');
const { bootstrap } = require('../bootstrap/bootstrap.cjs');
const { checkPorts } = require('../bootstrap/checkPorts.cjs');
const { duration } = require('../support/duration.cjs');
const { Problem } = require('../support/Problem.cjs');
const { statusOf, waitFor } = require('../support/waitFor.cjs');
const { awaitData } = require('./awaitData.cjs');
const { ensureToken } = require('./ensureToken.cjs');
const { portalConfig, portalEnv } = require('./portalConfig.cjs');
const { PortalData } = require('./PortalData.cjs');
const { portsOf } = require('./portsOf.cjs');
const { prepareGitops, readGeneratedServices } = require('./prepareGitops.cjs');
const { prepareMonitoring } = require('./prepareMonitoring.cjs');
const { prepareState } = require('./prepareState.cjs');
const { Services } = require('./Services.cjs');
const { StartLog } = require('./StartLog.cjs');
const { HELP, startOptions } = require('./startOptions.cjs');
const { watchBackend } = require('./watchBackend.cjs');
const { worthShowing } = require('./worthShowing.cjs');

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
    options.sandbox ? Object.values(ports) : [ports.app, ports.backend],
  );
  const ready = await bootstrap({ paths, supervisor, env });
  const monitoring = options.sandbox
    ? await prepareMonitoring({ paths, supervisor, env: ready.env })
    : {};
  prepareState({
    paths,
    chosen: Boolean(env.DAY2_STATE_DIR),
    reset: options.reset,
  });
  const token = ensureToken({ paths });
  const childrenEnv = {
    ...portalEnv({ env: ready.env, paths, ports, token }),
    DAY2_GITOPS_URLS: JSON.stringify(options.gitops),
    ...monitoring,
  };
  const configs = portalConfig({
    root: paths.root,
    sandbox: options.sandbox,
  });
  const gitops = await prepareGitops({
    urls: options.gitops,
    paths,
    configs,
    node: ready.node,
    env: childrenEnv,
    supervisor,
  });
  const log = new StartLog({ file: paths.startLog });
  console.log(`All that is said from here on goes to ${paths.startLog}`);
  const services = new Services({ supervisor, env: childrenEnv, log });
  let over = false;
  services.ended.then(() => {
    over = true;
  });
  const outcome = () => ({ over, services, log: paths.startLog });
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
        (await statusOf(`http://localhost:${ports.sandbox.port}/healthz`)) ===
        200,
      ms: SANDBOX_MS,
      cancelled,
    });
    if (!up) {
      return failed({ ...outcome(), name: 'sandbox', ms: SANDBOX_MS });
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
    show: worthShowing,
  });
  const app = `http://localhost:${ports.app.port}`;
  const backend = `http://localhost:${ports.backend.port}`;
  const readiness = `${backend}/.backstage/health/v1/readiness`;
  const up = await waitFor({
    check: async () =>
      (await statusOf(readiness)) === 200 && (await statusOf(app)) === 200,
    ms: PORTAL_MS,
    cancelled,
  });
  if (!up) {
    return failed({ ...outcome(), name: 'portal', ms: PORTAL_MS });
  }
  const missing = await awaitData({
    data: new PortalData({ backend, cancelled }),
    sandbox: options.sandbox,
    services: readGeneratedServices({ paths }),
    say: text => console.log(text),
  });
  if (!cancelled()) {
    console.log(
      [
        `\nReady after ${duration(
          Date.now() - began,
        )}. Open ${app} and sign in as one of the people shown. Ctrl-C ends everything.`,
        ...missing,
        '',
      ].join('\n'),
    );
    watchBackend({
      url: readiness,
      until: services.ended,
      say: text => console.log(text),
      log: paths.startLog,
    });
  }
  return failed({ ...outcome(), over: !services.crashed, name: 'portal' });
}

/** Waits for the end of one of the programs and says so; the caller ends the others. */
async function failed({ over, services, name, ms, log }) {
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
    todo: `The last error above says why; all that was said is in ${log}`,
  });
}

module.exports = { startAll };
