import { SLOT_MS } from '@day2/backstage-plugin-day2-common';

/** Seconds between scrapes. */
export const SCRAPE_SECONDS = 30;

/** Events by scrape of one series: what is true of it. */
interface TrueSeries {
  labels: string;
  isBad: boolean;
  /** Of the interval that ends with each scrape. */
  events: number[];
  /** Scrapes before which the process began anew, at 0. */
  resets: number[];
}

/** Series of known truth, scraped from an instant on. */
export interface TrueCounters {
  /** Epoch milliseconds of the first scrape. */
  from: number;
  openMetrics: string;
  /** Events that happened in a slot, spread evenly within a scrape interval. */
  inSlot(at: number): { bad: number; total: number };
  /** The most that one scrape interval in or beside a slot brought. */
  largestNear(at: number): { bad: number; total: number };
}

/**
 * Counters of a service on two pods, with more requests by day than by night, an
 * hour in which a fifth of all fail, and restarts that take the counters to 0.
 */
export function trueCounters(options: {
  from: number;
  days: number;
}): TrueCounters {
  const { from } = options;
  const scrapes = (options.days * 86_400) / SCRAPE_SECONDS;
  const random = generator(7);
  const series: TrueSeries[] = ['a', 'b'].flatMap(pod =>
    ['200', '500'].map(code => ({
      labels: `{pod="${pod}",code="${code}"}`,
      isBad: code === '500',
      events: [],
      resets: pod === 'a' ? [Math.floor(scrapes / 3)] : [1000, scrapes - 500],
    })),
  );
  for (let n = 0; n < scrapes; n += 1) {
    const hour = ((n * SCRAPE_SECONDS) / 3600) % 24;
    const outage = n > scrapes / 2 && n < scrapes / 2 + 120;
    for (const each of series) {
      const load = 200 + 150 * Math.sin((hour / 24) * 2 * Math.PI);
      const share = outage ? 0.2 : 0.002;
      const rate = load * (each.isBad ? share : 1 - share);
      each.events.push(Math.floor(rate * (0.8 + 0.4 * random()) + random()));
    }
  }
  const sum = (
    at: number,
    add: (
      sums: { bad: number; total: number },
      n: number,
      part: number,
    ) => void,
  ) => {
    const sums = { bad: 0, total: 0 };
    const step = SCRAPE_SECONDS * 1000;
    const first = Math.floor((at - from) / step);
    const last = Math.ceil((at + SLOT_MS - from) / step);
    for (let n = first; n <= last; n += 1) {
      const [start, end] = [from + (n - 1) * step, from + n * step];
      const within = Math.min(end, at + SLOT_MS) - Math.max(start, at);
      add(sums, n, Math.max(0, within) / step);
    }
    return sums;
  };
  return {
    from,
    openMetrics: textOf(series, from),
    inSlot: at =>
      sum(at, (sums, n, part) => {
        for (const { events, isBad } of series) {
          sums.total += (events[n] ?? 0) * part;
          sums.bad += isBad ? (events[n] ?? 0) * part : 0;
        }
      }),
    largestNear: at =>
      sum(at, (sums, n) => {
        const of = (wanted: TrueSeries[]) =>
          wanted.reduce((all, { events }) => all + (events[n] ?? 0), 0);
        sums.total = Math.max(sums.total, of(series));
        sums.bad = Math.max(sums.bad, of(series.filter(each => each.isBad)));
      }),
  };
}

function textOf(series: TrueSeries[], from: number): string {
  const lines = ['# TYPE http_requests counter'];
  for (const { labels, events, resets } of series) {
    let value = 0;
    events.forEach((count, n) => {
      value = resets.includes(n) ? count : value + count;
      const at = from / 1000 + n * SCRAPE_SECONDS;
      lines.push(`http_requests_total${labels} ${value} ${at}`);
    });
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
