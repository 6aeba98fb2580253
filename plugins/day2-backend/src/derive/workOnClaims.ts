import type { DeriveFailures, FailingQueue } from './DeriveFailures';
import type { Claim, WorkQueue } from './WorkQueue';

/**
 * Works on pieces that were claimed: all together, and where that fails one by
 * one, so that one that cannot be done keeps none of the others. It is noted
 * with its error, and passed over until it is time to try again.
 */
export async function workOnClaims<
  K extends Record<string, string | number>,
>(options: {
  claims: Claim<K>[];
  queue: Pick<WorkQueue<K>, 'postpone' | 'release'>;
  failures: Pick<DeriveFailures, 'note' | 'clear'>;
  /** What it is among failures. */
  name: FailingQueue;
  /** What a piece is called among failures. */
  nameOf: (key: K) => string;
  /**
   * Does them and ends their claims.
   *
   * @returns those that must be done again: they were marked meanwhile
   */
  work: (claims: Claim<K>[]) => Promise<Claim<K>[]>;
  /** Where it is aborted nothing has failed: claims are given back. */
  signal?: AbortSignal;
}): Promise<void> {
  const { claims, queue, failures, name, nameOf, work, signal } = options;
  const done = async (some: Claim<K>[]) => {
    for (const claim of await work(some)) {
      await queue.release(claim);
    }
    await failures.clear(
      name,
      some.map(({ key }) => nameOf(key)),
    );
  };
  let whole: unknown;
  try {
    await done(claims);
    return;
  } catch (error) {
    whole = error;
  }
  for (const claim of claims) {
    try {
      if (claims.length === 1 || signal?.aborted) {
        throw whole;
      }
      await done([claim]);
    } catch (error) {
      if (signal?.aborted) {
        await queue.release(claim);
        continue;
      }
      const until = await failures.note({
        queue: name,
        key: nameOf(claim.key),
        error,
      });
      await queue.postpone(claim, until);
    }
  }
}
