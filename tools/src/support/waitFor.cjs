const http = require('node:http');

/**
 * Waits until `check` answers something true, until `ms` have passed or until
 * `cancelled` says there is nothing to wait for. Answers whether it happened.
 */
async function waitFor({ check, ms, everyMs = 300, cancelled = () => false }) {
  const until = Date.now() + ms;
  while (!cancelled()) {
    if (await check()) {
      return true;
    }
    if (Date.now() > until) {
      return false;
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  return false;
}

/** The status an URL answers, or undefined when nothing answers. */
function statusOf(url) {
  return new Promise(resolve => {
    // `localhost` is ::1 for one program and 127.0.0.1 for the other: try both.
    const options = { timeout: 5000, autoSelectFamily: true, agent: false };
    const request = http.get(url, options, response => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

module.exports = { waitFor, statusOf };
