const path = require('node:path');
const { duration } = require('../support/duration.cjs');
const { runLogged } = require('../support/runLogged.cjs');

/**
 * Each is one check that passes or fails. A lane goes in order, as API reports
 * need the types; the lanes go side by side, as each keeps one processor busy.
 */
const LANES = [
  [
    {
      name: 'types',
      command: 'tsc',
      // Built whole: an incremental build orders unions by its history, and the
      // API reports would differ from machine to machine.
      args: ['--pretty', 'false', '--incremental', 'false'],
    },
    {
      name: 'API reports',
      command: 'backstage-repo-tools',
      args: [
        'api-reports',
        '--ci',
        'plugins/*',
        // Members are documented where their name does not say it. The other
        // names a file of this machine: sources of a sibling, which have no types built.
        '--omit-messages',
        'ae-undocumented,ae-wrong-input-file-type',
      ],
    },
  ],
  [
    { name: 'lint', command: 'backstage-cli', args: ['repo', 'lint'] },
    { name: 'formatting', command: 'prettier', args: ['--check', '.'] },
    {
      name: 'package metadata',
      command: 'backstage-cli',
      args: ['repo', 'fix', '--publish', '--check'],
    },
  ],
];

/**
 * The checks that run no code of ours. A failing one shows all it said. `last` is
 * done by the lane that ends first, while the other is busy; that it failed is for
 * whoever uses it to say, who waits for the same.
 */
async function runStatic({ last, ...options }) {
  let isFirst = true;
  await Promise.all(
    LANES.map(async checks => {
      for (const check of checks) {
        await runCheck({ ...options, check });
      }
      if (isFirst) {
        isFirst = false;
        // Else the next part would begin while the other lane goes on.
        await Promise.resolve(last?.()).catch(() => {});
      }
    }),
  );
}

async function runCheck({ paths, supervisor, env, tally, check }) {
  const { name, command, args } = check;
  const began = Date.now();
  const { code, output } = await runLogged({
    supervisor,
    command: path.join(paths.bin, command),
    args,
    cwd: paths.root,
    env,
    log: path.join(paths.logs, `check-${name.replace(' ', '-')}.log`),
  });
  const ok = code === 0;
  tally.add({
    runner: 'static',
    passed: ok ? 1 : 0,
    failed: ok ? 0 : 1,
    failures: ok ? [] : [name],
  });
  if (!ok) {
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${name} (${duration(Date.now() - began)})`,
  );
}

module.exports = { runStatic };
