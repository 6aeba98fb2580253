import {
  createWorld,
  SignalCounters,
  type ServiceSignals,
  type Truth,
} from '@day2/sandbox';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SLOT = 5 * MINUTE;

/** What an objective of the company counts as bad, by the file it is from. */
export type TrueIndicator = 'errors' | 'slow';

/** Events of a time: all of them, and the bad ones. */
export interface TrueEvents {
  bad: number;
  total: number;
}

/** What happened to a service's requests, slot by slot. */
export interface TrueSlots {
  /** Of the slots that begin in `[from, to)`, epoch milliseconds; those that nobody could tell of are left out. */
  events(options: {
    service: string;
    indicator: TrueIndicator;
    from: number;
    to: number;
  }): TrueEvents;
}

/**
 * Counts requests once more from the world: its counters at the beginning and
 * at the end of each slot. Nothing of it goes through Prometheus or the hub.
 */
export function trueSlots(options: {
  truth: Truth;
  from: number;
  to: number;
}): TrueSlots {
  const { truth } = options;
  const from = Math.floor(options.from / SLOT) * SLOT;
  const start = Date.parse(truth.start);
  const { world } = createWorld({
    seed: truth.seed,
    start,
    end: options.to,
  });
  const counters = SignalCounters.create({ world });
  const known = new Map<string, ServiceSignals[]>();
  for (let at = from; at <= options.to; at += SLOT) {
    counters.advanceTo(at);
    for (const signals of counters.services) {
      const list = known.get(signals.service) ?? [];
      known.set(signals.service, list);
      list.push({ ...signals });
    }
  }
  return {
    events: ({ service, indicator, ...range }) => {
      const list = known.get(service)!;
      const sum: TrueEvents = { bad: 0, total: 0 };
      for (let at = range.from; at < range.to; at += SLOT) {
        const index = Math.round((at - from) / SLOT);
        const [before, after] = [list[index], list[index + 1]];
        if (!before || !after) {
          throw new Error(`${new Date(at).toISOString()} was not counted`);
        }
        if (!isSilentIn({ service, start, at })) {
          sum.bad += after[indicator] - before[indicator];
          sum.total += after.requests - before.requests;
        }
      }
      return sum;
    },
  };
}

/** The exporter of search-api is away from 02:00 to 07:00 of every eleventh day. */
function isSilentIn(options: {
  service: string;
  start: number;
  at: number;
}): boolean {
  const { at, service, start } = options;
  const day = Math.floor((at - start) / DAY);
  const hour = (at % DAY) / HOUR;
  return service === 'search-api' && day % 11 === 4 && hour >= 2 && hour < 7;
}
