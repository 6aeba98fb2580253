import type { WorldSeed } from '../state/StateFolder';
import { DAY, startOfDay } from '../world/time';

/** Days of history a new world has. */
const historyDays = 120;

/**
 * What the world is made from: what was kept, else what is asked for.
 *
 * @throws Error where what is asked for cannot be, or is not what was kept.
 */
export function resolveSeed(options: {
  kept?: WorldSeed;
  asked: { seed?: number; services?: number; start?: number };
  end: number;
}): WorldSeed {
  const { kept, asked, end } = options;
  const { seed, services } = asked;
  if (services !== undefined && (services < 12 || services > 60)) {
    throw new Error(`The sandbox has 12 to 60 services, not ${services}.`);
  }
  const start = asked.start === undefined ? undefined : startOfDay(asked.start);
  if (kept) {
    const others = [
      seed !== undefined && seed !== kept.seed && `seed ${kept.seed}`,
      services !== undefined &&
        services !== kept.services &&
        `${kept.services} services`,
      start !== undefined &&
        start !== kept.start &&
        `the start ${new Date(kept.start).toISOString()}`,
    ].filter(Boolean);
    if (others.length > 0) {
      throw new Error(
        `The sandbox already has a world, with ${others.join(
          ' and ',
        )}. Leave the option out to continue it, or begin anew with --reset.`,
      );
    }
  }
  const result = kept ?? {
    seed: seed ?? 1,
    services: services ?? 12,
    start: start ?? startOfDay(end) - historyDays * DAY,
  };
  if (end < result.start + DAY) {
    throw new Error(
      `The world's end (${new Date(
        end,
      ).toISOString()}) must be at least a day after its start (${new Date(
        result.start,
      ).toISOString()}).`,
    );
  }
  return result;
}
