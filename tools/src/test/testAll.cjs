const path = require('node:path');
const { bootstrap } = require('../bootstrap/bootstrap.cjs');
const { ensureMonitoring } = require('../bootstrap/ensureMonitoring.cjs');
const { duration } = require('../support/duration.cjs');
const { buildApp } = require('./buildApp.cjs');
const { findFiles } = require('./findFiles.cjs');
const { migrateTemplate } = require('./migrateTemplate.cjs');
const { runNodeTest } = require('./runNodeTest.cjs');
const { runStatic } = require('./runStatic.cjs');
const { runTests } = require('./runTests.cjs');
const { Tally } = require('./Tally.cjs');
const { HELP, testOptions } = require('./testOptions.cjs');
const { TestPostgres } = require('./TestPostgres.cjs');

/** `npm test`: set-up, then every check and test there is. Answers the exit code. */
async function testAll({ args, env, paths, supervisor }) {
  const options = testOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const tally = new Tally();
  const times = [];
  let postgres;
  /** Runs one part; whatever breaks in it is a failure, and the next part runs. */
  const part = async (name, work, out = process.stdout) => {
    if (supervisor.stopping) {
      return;
    }
    out.write(`\n== ${name}\n`);
    const began = Date.now();
    try {
      await work();
    } catch (error) {
      if (!supervisor.stopping) {
        out.write(
          `${
            error.todo
              ? `${error.message}\n${error.todo.join('\n')}`
              : error.stack
          }\n`,
        );
        tally.crash({ runner: name, reason: error.message });
      }
    }
    times.push(`${name} ${duration(Date.now() - began)}`);
  };
  try {
    let ready;
    await part('set-up', async () => {
      ready = await bootstrap({ paths, supervisor, env });
    });
    if (ready) {
      const testEnv = {
        ...ready.env,
        CI: env.CI ?? 'true',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      };
      const common = {
        paths,
        supervisor,
        node: ready.node,
        env: testEnv,
        tally,
        patterns: options.patterns,
      };
      let building;
      const app = () => (building ??= buildApp(common));
      if (options.parts.includes('static')) {
        const last = options.parts.includes('e2e') ? app : undefined;
        await part('static checks', () => runStatic({ ...common, last }));
      }
      if (options.parts.some(name => name !== 'static')) {
        await part('Prometheus and Alertmanager', () => monitor(common));
      }
      if (options.parts.includes('jest')) {
        await part('PostgreSQL', async () => {
          const started = await TestPostgres.start(common);
          postgres = started.postgres;
          await migrateTemplate({ ...common, url: started.url });
          testEnv.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING =
            started.url;
        });
        await part('tools', () => runTools(common));
      }
      await runTests({
        common: { ...common, app },
        parts: options.parts,
        part,
      });
    }
  } finally {
    await postgres?.stop();
  }
  if (supervisor.stopping) {
    return 1;
  }
  summarise({ tally, times });
  return tally.ok ? 0 : 1;
}

/** Tells the tests where the programs are; those that need them say why not. */
async function monitor({ env, paths, supervisor }) {
  const { programs, reason } = await ensureMonitoring({
    paths,
    supervisor,
    env,
  });
  if (programs) {
    env.DAY2_TEST_PROMETHEUS = programs.prometheus;
    env.DAY2_TEST_PROMTOOL = programs.promtool;
    env.DAY2_TEST_ALERTMANAGER = programs.alertmanager;
  } else {
    console.log(`Tests with them are skipped: ${reason}`);
  }
}

async function runTools(common) {
  const files = findFiles({
    folder: path.join(common.paths.root, 'tools'),
    ending: '.test.cjs',
    patterns: common.patterns,
    root: common.paths.root,
  });
  if (files.length > 0) {
    await runNodeTest({ ...common, runner: 'tools', files, concurrency: 2 });
  }
}

function summarise({ tally, times }) {
  console.log(`\n${times.join(', ')}`);
  for (const name of tally.skipped) {
    console.log(`skipped  ${name}`);
  }
  for (const name of tally.failures) {
    console.log(`FAILED   ${name}`);
  }
  console.log(tally.line());
}

module.exports = { testAll };
