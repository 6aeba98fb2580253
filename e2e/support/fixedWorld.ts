/**
 * The simulated company of the tests: the same commits and deployments on every
 * machine, and nothing happens in it while they run.
 */
export const fixedWorld = {
  seed: 1,
  end: '2026-11-06T16:00:00.000Z',
} as const;

/** What the sandbox is started with to be that company. */
export const fixedWorldArgs = [
  '--seed',
  String(fixedWorld.seed),
  '--end',
  fixedWorld.end,
  '--no-live',
];
