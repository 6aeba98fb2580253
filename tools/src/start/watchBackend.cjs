const { statusOf } = require('../support/waitFor.cjs');

/** A backend that is built anew is silent for some seconds. */
const SILENT_MS = 20_000;
const EVERY_MS = 5_000;

/**
 * Says when the backend has not answered for a while, and when it does again:
 * the program that watches its files goes on after it was killed, and starts it
 * only when a file changes. Ends with `until`.
 */
async function watchBackend({
  url,
  until,
  say,
  log,
  status = statusOf,
  everyMs = EVERY_MS,
  silentMs = SILENT_MS,
  now = Date.now,
}) {
  let over = false;
  const end = until.then(() => {
    over = true;
  });
  let last = now();
  let told = false;
  while (!over) {
    if ((await status(url)) !== undefined) {
      last = now();
      if (told) {
        told = false;
        say('The portal’s backend answers again.');
      }
    } else if (!over && !told && now() - last >= silentMs) {
      told = true;
      say(
        `The portal’s backend has not answered for ${Math.round(
          (now() - last) / 1000,
        )} s: it has ended or hangs. Press Ctrl-C and start again; nothing is lost. All that it said is in ${log}`,
      );
    }
    let timer;
    await Promise.race([
      end,
      new Promise(resolve => {
        timer = setTimeout(resolve, everyMs);
      }),
    ]);
    clearTimeout(timer);
  }
}

module.exports = { watchBackend };
