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
    const request = http.get(url, { timeout: 5000 }, response => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

module.exports = { waitFor, statusOf };
