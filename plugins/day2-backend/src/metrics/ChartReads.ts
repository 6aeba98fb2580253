import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { iso } from '../http/range';
import { BoundedCache } from '../permissions/BoundedCache';
import { failureOf } from '../sources/failureOf';
import { chartSeries, emptyChart, type ChartQuery } from './chartOf';
import type { ChartRange } from './chartRange';
import type { MetricSource } from './metricSources';

const TTL_MS = 60_000;
const TIMEOUT_MS = 10_000;
/** Of up to 50 lines of 241 numbers each. */
const MAX_CHARTS = 200;

/**
 * Asks sources for charts while a page loads: the one thing that is. An answer
 * holds for a minute for everybody, a failure too, so that a tool that is ill
 * is not asked by every page.
 */
export class ChartReads {
  readonly #cache: BoundedCache<MetricChart>;
  readonly #now: () => number;
  readonly #timeoutMs: number;

  private constructor(options: { now: () => number; timeoutMs?: number }) {
    this.#now = options.now;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#cache = BoundedCache.create({
      max: MAX_CHARTS,
      ttlMs: TTL_MS,
      now: options.now,
    });
  }

  static create(options: {
    now: () => number;
    /** For tests. */
    timeoutMs?: number;
  }): ChartReads {
    return new ChartReads(options);
  }

  /** The chart, or why there is none; never fails. */
  async of(options: {
    source: MetricSource;
    asked: ChartQuery;
    range: ChartRange;
  }): Promise<MetricChart> {
    const { source, asked, range } = options;
    const key = JSON.stringify([
      source.id,
      asked.query,
      asked.dimension,
      range,
    ]);
    return await this.#cache.get(key, () => this.#ask(options));
  }

  async #ask(options: {
    source: MetricSource;
    asked: ChartQuery;
    range: ChartRange;
  }): Promise<MetricChart> {
    const { source, asked, range } = options;
    const empty = emptyChart(asked, range);
    const late = AbortSignal.timeout(this.#timeoutMs);
    try {
      const { series, leftOut } = await source.metrics.queryRange({
        ...range,
        query: asked.query,
        signal: late,
      });
      return {
        ...empty,
        series: chartSeries({ series, dimension: asked.dimension, range }),
        ...(leftOut ? { seriesLeftOut: leftOut } : {}),
        asOf: iso(this.#now()),
      };
    } catch (error) {
      const { shown } = failureOf(late.aborted ? tooLate(source) : error);
      return { ...empty, error: shown.text };
    }
  }
}

function tooLate({ title }: MetricSource): SourceError {
  return new SourceError({
    code: 'timeout',
    message: `${title} did not answer in time.`,
  });
}
