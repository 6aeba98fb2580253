import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux and macOS give to whoever asks for any: until the
 * program that is meant listens, no connection of another test takes it.
 */
const FROM = 15_000;
const TO = 32_000;
const ATTEMPTS = 50;

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(FROM, TO);
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (
        (error as NodeJS.ErrnoException).code !== 'EADDRINUSE' ||
        attempt === ATTEMPTS
      ) {
        throw error;
      }
    }
  }
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.close(() => resolve());
    });
  });
}
