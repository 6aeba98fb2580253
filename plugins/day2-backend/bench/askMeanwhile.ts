import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 10;

/**
 * Asks over and over while something works, as a reader of the portal would:
 * how long answers took, from when they were wanted, in milliseconds.
 */
export async function askMeanwhile(options: {
  ask: () => Promise<unknown>;
  meanwhile: () => Promise<void>;
}): Promise<{ answers: number; p95: number; longest: number }> {
  const times: number[] = [];
  let working = true;
  const asking = (async () => {
    while (working) {
      // Wanted in 10 ms: a loop that is held up is waiting too.
      const wanted = performance.now() + EVERY_MS;
      await sleep(EVERY_MS);
      await options.ask();
      times.push(performance.now() - wanted);
    }
  })();
  try {
    await options.meanwhile();
  } finally {
    working = false;
    await asking;
  }
  const sorted = times.sort((a, b) => a - b);
  return {
    answers: sorted.length,
    p95: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
}
