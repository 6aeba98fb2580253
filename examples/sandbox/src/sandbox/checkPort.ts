import { createServer } from 'net';

/**
 * Says early, before anything is made, that the port cannot be had.
 *
 * @throws Error with what to do.
 */
export async function checkPort(options: {
  port: number;
  host: string;
  /** How another one is chosen. */
  choice?: string;
}): Promise<void> {
  const { port, host } = options;
  const { choice = '--port or DAY2_SANDBOX_PORT' } = options;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is taken by another program. End it, or choose another port with ${choice}.`,
            )
          : new Error(
              `Port ${port} cannot be used (${error.code}). Choose another with ${choice}.`,
            ),
      );
    });
    probe.listen(port, host, resolve);
  });
  await new Promise(resolve => {
    probe.close(resolve);
  });
}
