const SHORTEST_MS = 5_000;
const LONGEST_MS = 10_000;

/**
 * Starts workers that look ten times as often for what is due, so that a test that
 * waits for their next look waits half a second and not five. What they do then is
 * the same; timers of other lengths are as they are.
 */
export async function hurried<T>(start: () => Promise<T>): Promise<T> {
  const real = globalThis.setInterval;
  const hurry = (run: () => void, ms: number) =>
    real(run, ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms / 10 : ms);
  const spy = jest
    .spyOn(globalThis, 'setInterval')
    .mockImplementation(hurry as typeof setInterval);
  try {
    return await start();
  } finally {
    spy.mockRestore();
  }
}
