import { toError } from '@backstage/errors';

/**
 * Starts the backend, and ends the process with code 1 where that fails. By
 * itself Backstage only logs it: the process goes on, answering nothing but 503,
 * or ends as if all were well.
 *
 * `npm start` knows the message by its first words (tools/src/start/Services.cjs).
 */
export async function startOrExit(backend: {
  start(): Promise<unknown>;
}): Promise<void> {
  try {
    await backend.start();
  } catch (error) {
    // Awaited, because a pipe still holds the message when the process ends.
    await new Promise(resolve =>
      process.stderr.write(
        `The portal’s backend did not start: ${toError(error).message}\n`,
        resolve,
      ),
    );
    process.exit(1);
  }
}
