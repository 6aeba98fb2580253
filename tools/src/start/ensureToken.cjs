const crypto = require('node:crypto');
const fs = require('node:fs');

const SHAPE = /^[A-Za-z0-9_-]{32,}$/;

/** The secret the sandbox posts events with: made once per installation, readable by its owner only. */
function ensureToken({ paths }) {
  try {
    const token = fs.readFileSync(paths.token, 'utf8').trim();
    if (SHAPE.test(token)) {
      return token;
    }
  } catch {
    // not there yet
  }
  const token = crypto.randomBytes(24).toString('base64url');
  fs.mkdirSync(paths.state, { recursive: true });
  fs.writeFileSync(paths.token, `${token}\n`, { mode: 0o600 });
  fs.chmodSync(paths.token, 0o600);
  return token;
}

module.exports = { ensureToken };
