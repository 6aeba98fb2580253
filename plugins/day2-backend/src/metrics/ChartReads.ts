import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { iso } from '../http/range';
import { BoundedCache } from '../permissions/BoundedCache';
import { failureOf } from '../sources/failureOf';
import { BusyError, ChartQueue } from './ChartQueue';
import { chartSeries, emptyChart, type ChartQuery } from './chartOf';
import type { ChartRange } from './chartRange';
import type { MetricSource } from './metricSources';

const TTL_MS = 60_000;
/** So that a tool that is ill is not asked by every page, and soon again. */
const FAILED_MS = 10_000;
/** Of one query, from when it is sent. */
const TIMEOUT_MS = 10_000;
/** For whom others stood in line, in vain: each of them may have for 15 s. */
const RETRY_MS = 20_000;
/** Of up to 50 lines of 241 numbers each. */
const MAX_CHARTS = 200;

/** A chart, or why there is none, and how long that holds. */
interface Drawn {
  chart: MetricChart;
  ttlMs: number;
}

/**
 * Asks sources for charts while a page loads: the one thing that is. An answer
 * holds for a minute for everybody, a failure of the tool for ten seconds. That
 * too many stood in line is nobody else's.
 */
export class ChartReads {
  readonly #cache: BoundedCache<Drawn>;
  readonly #queue: ChartQueue;
  readonly #now: () => number;
  readonly #timeoutMs: number;

  private constructor(options: ChartReadsOptions) {
    this.#now = options.now;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#cache = BoundedCache.create({
      max: MAX_CHARTS,
      ttlMs: TTL_MS,
      ttlOf: ({ ttlMs }) => ttlMs,
      now: options.now,
    });
    this.#queue = options.queue ?? ChartQueue.create();
  }

  static create(options: ChartReadsOptions): ChartReads {
    return new ChartReads(options);
  }

  /** The chart, or why there is none; never fails. */
  async of(options: {
    source: MetricSource;
    asked: ChartQuery;
    range: ChartRange;
    /** The service whose page it is on, and who looks at it. */
    service: string;
    reader: string;
  }): Promise<MetricChart> {
    const { source, asked, range, service, reader } = options;
    const key = JSON.stringify([
      source.id,
      asked.query,
      asked.dimension,
      range,
    ]);
    const turn = { source: source.id, service, reader };
    const until = this.#now() + RETRY_MS;
    for (;;) {
      let isOwn = false;
      try {
        const { chart } = await this.#cache.get(key, () => {
          isOwn = true;
          return this.#queue.run(turn, () => this.#ask(options));
        });
        return chart;
      } catch (error) {
        if (!(error instanceof BusyError)) {
          throw error;
        }
        if (isOwn || this.#now() > until) {
          return { ...emptyChart(asked, range), error: busyText(source) };
        }
        // It was another's turn that did not come: ours may.
      }
    }
  }

  async #ask(options: {
    source: MetricSource;
    asked: ChartQuery;
    range: ChartRange;
  }): Promise<Drawn> {
    const { source, asked, range } = options;
    const empty = emptyChart(asked, range);
    const late = AbortSignal.timeout(this.#timeoutMs);
    try {
      const { series, leftOut } = await source.metrics.queryRange({
        ...range,
        query: asked.query,
        signal: late,
      });
      const chart = {
        ...empty,
        series: chartSeries({ series, dimension: asked.dimension, range }),
        ...(leftOut ? { seriesLeftOut: leftOut } : {}),
        asOf: iso(this.#now()),
      };
      return { chart, ttlMs: TTL_MS };
    } catch (error) {
      const { shown } = failureOf(late.aborted ? tooLate(source) : error);
      return { chart: { ...empty, error: shown.text }, ttlMs: FAILED_MS };
    }
  }
}

interface ChartReadsOptions {
  now: () => number;
  /** For tests. */
  timeoutMs?: number;
  /** For tests. */
  queue?: ChartQueue;
}

function busyText({ title }: MetricSource): string {
  return `${title} has more charts to draw than it can at once. Try again in a moment, or ask for fewer`;
}

function tooLate({ title }: MetricSource): SourceError {
  return new SourceError({
    code: 'timeout',
    message: `${title} did not answer in time.`,
  });
}
