import {
  MAX_METRIC_POINTS,
  MAX_METRIC_SERIES,
  SourceError,
  type AlertRule,
  type MetricReader,
  type MetricSeries,
} from '@day2/backstage-plugin-day2-node';
import { PrometheusClient } from '../client';
import type { InstanceConfig } from '../config';
import type { RangeAnswer } from '../schema';
import { alertRulesOf } from './alertRulesOf';

/** A page waits for it. */
const TIMEOUT_MS = 10_000;

/**
 * What pages show of one Prometheus: graphs, and how its rules of alerts stand.
 * Its requests do not queue behind those that count events.
 */
export class PrometheusMetrics implements MetricReader {
  readonly #client: PrometheusClient;
  readonly #secrets: string[];

  private constructor(options: {
    client: PrometheusClient;
    secrets: string[];
  }) {
    this.#client = options.client;
    this.#secrets = options.secrets;
  }

  static create(options: { config: InstanceConfig }): PrometheusMetrics {
    const { config } = options;
    return new PrometheusMetrics({
      client: PrometheusClient.create({
        config,
        timeoutMs: TIMEOUT_MS,
        // One more would be too late for who waits.
        attempts: 1,
      }),
      secrets: config.secrets,
    });
  }

  async queryRange(options: Parameters<MetricReader['queryRange']>[0]) {
    const { query, from, to, stepSeconds, signal } = options;
    if ((to - from) / 1000 / stepSeconds >= MAX_METRIC_POINTS) {
      throw new SourceError({
        code: 'internal',
        message: `More than ${MAX_METRIC_POINTS} instants were asked for`,
      });
    }
    const told = await this.#client.range({
      query,
      start: from / 1000,
      end: to / 1000,
      step: stepSeconds,
      signal,
    });
    if ('problem' in told) {
      throw new SourceError({ code: 'bad-answer', message: told.problem });
    }
    const { result } = told.answer.data;
    const leftOut = result.length - MAX_METRIC_SERIES;
    return {
      series: result.slice(0, MAX_METRIC_SERIES).map(seriesOf),
      ...(leftOut > 0 ? { leftOut } : {}),
    };
  }

  async alertRules(options: { signal: AbortSignal }): Promise<AlertRule[]> {
    return alertRulesOf({
      groups: await this.#client.rules(options),
      secrets: this.#secrets,
    });
  }
}

function seriesOf(told: RangeAnswer['data']['result'][number]): MetricSeries {
  return {
    labels: told.metric,
    points: (told.values ?? []).flatMap(([seconds, text]) => {
      const value = /inf/i.test(text) ? NaN : Number(text);
      const at = Math.round(seconds * 1000);
      return Number.isFinite(value) ? [{ at, value }] : [];
    }),
  };
}
