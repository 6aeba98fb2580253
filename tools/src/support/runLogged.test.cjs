const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { Supervisor } = require('./Supervisor.cjs');
const { runLogged } = require('./runLogged.cjs');

for (const [command, args, code, said] of [
  ['sh', ['-c', 'echo out; echo err >&2; exit 3'], 3, /out[^]*err|err[^]*out/],
  ['sh', ['-c', 'kill -9 $$'], 128, /^$/],
  ['day2-no-such-program', [], 127, /ENOENT/],
]) {
  test(`${command} ${args.join(' ')} answers ${code}`, async t => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-log-'));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    const log = path.join(folder, 'deep', 'x.log');
    const result = await runLogged({
      supervisor: new Supervisor(),
      command,
      args,
      cwd: folder,
      env: process.env,
      log,
    });
    assert.equal(result.code, code);
    assert.match(result.output, said);
    assert.equal(fs.readFileSync(log, 'utf8'), result.output);
  });
}
