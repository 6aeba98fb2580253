import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is one that is waited for, and answers
 * it. What cannot be asked right now, as while a program starts, is asked again.
 *
 * @throws Error that says what was waited for and what came last
 */
export async function until<T>(options: {
  /** What is waited for, in words. */
  what: string;
  ask: () => Promise<T>;
  accept: (answer: T) => boolean;
  ms: number;
}): Promise<T> {
  const deadline = Date.now() + options.ms;
  let last: unknown;
  for (;;) {
    try {
      const answer = await options.ask();
      if (options.accept(answer)) {
        return answer;
      }
      last = answer;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Waited ${options.ms} ms for ${
          options.what
        }; what came last: ${JSON.stringify(last, undefined, 1)?.slice(
          0,
          4000,
        )}`,
      );
    }
    await delay(250);
  }
}
