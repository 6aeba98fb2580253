const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { describe, test } = require('node:test');
const { isGroupAlive } = require('./isGroupAlive.cjs');

const GRANDCHILD = `
  process.on('SIGINT', () => {});
  console.log('below ' + process.ppid);
  setInterval(() => {}, 1000);
`;

// As `npm start` does: a parent, programs below it, and theirs below them.
const PARENT = `
  const { main } = require(${JSON.stringify(path.join(__dirname, 'main.cjs'))});
  const { Services } = require(${JSON.stringify(
    path.join(__dirname, '../start/Services.cjs'),
  )});
  main(async ({ supervisor }) => {
    const services = new Services({ supervisor, env: process.env });
    services.start({
      name: 'portal',
      command: process.execPath,
      args: ['-e', ${JSON.stringify(`
        require('node:child_process').spawn(
          process.execPath,
          ['-e', ${JSON.stringify(GRANDCHILD)}],
          { stdio: 'inherit' },
        );
        setInterval(() => {}, 1000);
      `)}],
      cwd: process.cwd(),
    });
    await services.ended;
    return 1;
  });
`;

describe('main', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    test(`on ${signal} leaves nothing behind and says so by ${code}`, async () => {
      const parent = spawn(process.execPath, ['-e', PARENT], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      // The program's process group, with what it has started.
      const group = await new Promise((resolve, reject) => {
        let text = '';
        parent.stdout.on('data', chunk => {
          text += chunk;
          const found = /below (?<pid>\d+)/.exec(text);
          if (found) {
            resolve(Number(found.groups.pid));
          }
        });
        parent.once('exit', () => reject(new Error(`ended early: ${text}`)));
      });
      assert.ok(isGroupAlive(group));
      parent.kill(signal);
      const [exitCode] = await once(parent, 'exit');
      assert.equal(exitCode, code);
      // What was killed is gone once the system has taken note of it.
      for (const until = Date.now() + 5000; Date.now() < until; ) {
        if (!isGroupAlive(group)) {
          return;
        }
        await delay(20);
      }
      assert.fail('the grandchild lives on');
    });
  }
});
