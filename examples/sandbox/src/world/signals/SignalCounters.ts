import { errorShareAt } from '../outages/errorShareAt';
import type { Outage } from '../outages/Outage';
import { sliceMs } from '../outages/outageTimes';
import { MINUTE } from '../time';
import type { World } from '../World';
import { noise, noiseKey, rounded } from './noise';
import { requestsOf, usualErrorShare, usualSlowShare } from './traffic';

/** What a service has counted since the world began. @public */
export interface ServiceSignals {
  service: string;
  requests: number;
  /** Of those, the ones that failed. */
  errors: number;
  /** Of all, those that took longer than 300 ms. */
  slow: number;
}

// Looked up once, see noise.ts.
const { floor, max, min } = Math;
const never = Infinity;

/** Steps a minute. */
const slices = MINUTE / sliceMs;

/** A service's counts, and how it goes on. */
interface Counting extends ServiceSignals {
  requestsIn: (at: number) => number;
  key: number;
}

/**
 * The counters of every service in production, a step each 15 s: what a scrape
 * at that instant would see. They depend on the world alone, so that those of a
 * past instant are the same whenever they are asked for.
 */
export class SignalCounters {
  readonly #world: World;
  readonly #counts: Counting[];
  #at: number;

  private constructor(world: World) {
    this.#world = world;
    this.#at = world.state.start;
    const { seed } = world.state;
    this.#counts = world.state.specs().map(spec => ({
      requestsIn: requestsOf({ seed, spec }),
      key: noiseKey(seed, 'signals', spec.name),
      service: spec.name,
      requests: 0,
      errors: 0,
      slow: 0,
    }));
  }

  static create(options: { world: World }): SignalCounters {
    return new SignalCounters(options.world);
  }

  /** Until when all is counted: the last full step. */
  get at(): number {
    return this.#at;
  }

  get services(): ServiceSignals[] {
    return this.#counts;
  }

  /** Goes on to an instant that has happened; it never goes back. */
  advanceTo(at: number): void {
    const end = floor(min(at, this.#world.end) / sliceMs) * sliceMs;
    if (end <= this.#at) {
      return;
    }
    const { outages } = this.#world;
    for (const counts of this.#counts) {
      const own = outages.filter(
        ({ service, mitigatedAt = never }) =>
          service === counts.service && mitigatedAt > this.#at,
      );
      this.#count(counts, own, end);
    }
    this.#at = end;
  }

  #count(counts: Counting, outages: Outage[], end: number): void {
    let slice = this.#at / sliceMs;
    while (slice < end / sliceMs) {
      const minute = floor(slice / slices);
      const first = slice;
      slice = min((minute + 1) * slices, end / sliceMs);
      const inMinute = counts.requestsIn(minute * MINUTE);
      const from = first - minute * slices;
      const to = slice - minute * slices;
      counts.requests += until(inMinute, to) - until(inMinute, from);
      if (isTroubled(outages, first * sliceMs, slice * sliceMs)) {
        for (let q = from; q < to; q++) {
          this.#fail(counts, outages, { minute, q, inMinute });
        }
      } else if (to === slices) {
        this.#usual(counts, minute, inMinute);
      }
    }
  }

  /** What fails anyway is told with the last step of its minute. */
  #usual(counts: Counting, minute: number, inMinute: number): void {
    const { key } = counts;
    counts.errors += rounded(inMinute * usualErrorShare, noise(key, minute));
    counts.slow += rounded(inMinute * usualSlowShare, noise(key + 1, minute));
  }

  #fail(
    counts: Counting,
    outages: Outage[],
    of: { minute: number; q: number; inMinute: number },
  ): void {
    const { minute, q, inMinute } = of;
    const slice = minute * slices + q;
    const share = shareAt(outages, slice * sliceMs);
    if (share === 0) {
      if (q === slices - 1) {
        this.#usual(counts, minute, inMinute);
      }
      return;
    }
    const requests = until(inMinute, q + 1) - until(inMinute, q);
    const { key } = counts;
    const errors = rounded(requests * share, noise(key + 2, slice));
    const slow = rounded(requests * share * 0.7, noise(key + 3, slice));
    counts.errors += min(requests, errors);
    counts.slow += min(requests, slow);
  }
}

/** Requests of a minute by its q-th step. */
function until(inMinute: number, q: number): number {
  return floor((inMinute * q) / slices);
}

/** Whether an outage goes on within a time. */
function isTroubled(outages: Outage[], from: number, to: number): boolean {
  return outages.some(
    ({ startedAt, mitigatedAt = never }) =>
      startedAt < to && mitigatedAt > from,
  );
}

/** The worst of what is going on at that instant. */
function shareAt(outages: Outage[], at: number): number {
  let worst = 0;
  for (const outage of outages) {
    worst = max(worst, errorShareAt(outage, at));
  }
  return worst;
}
