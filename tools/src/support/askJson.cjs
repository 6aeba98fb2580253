const http = require('node:http');

/**
 * GETs JSON from a program on this machine: `{ status, body }`, or undefined
 * when nothing answers. A body that is not JSON is undefined.
 */
function askJson(url, headers = {}) {
  return new Promise(resolve => {
    // `localhost` is ::1 for one program and 127.0.0.1 for the other: try both.
    const request = http.get(
      url,
      { timeout: 10_000, autoSelectFamily: true, agent: false, headers },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('error', () => resolve(undefined));
        response.on('end', () =>
          resolve({ status: response.statusCode, body: parse(text) }),
        );
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { askJson };
