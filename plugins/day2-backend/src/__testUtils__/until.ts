import { setTimeout } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

/** Waits until it is so. */
export async function until(is: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await is())) {
    if (Date.now() > end) {
      throw new Error('Waited too long');
    }
    await setTimeout(25);
  }
}
