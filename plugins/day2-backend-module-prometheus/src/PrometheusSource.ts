import {
  isSourceError,
  type MeasurementObservation,
  type MetricReader,
  type Observation,
  type Source,
  type SourceBatch,
  type SourceContext,
  type WantedMeasurement,
} from '@day2/backstage-plugin-day2-node';
import { PrometheusClient, type Answered } from './client';
import type { InstanceConfig } from './config';
import { Failures } from './measuring/Failures';
import { measureBatch } from './measuring/measureBatch';
import { observationOf } from './measuring/observationOf';
import { planPieces, slotsIn, type Piece } from './measuring/planPieces';
import { PrometheusMetrics } from './metrics/PrometheusMetrics';
import { KnownQueries } from './promql/KnownQueries';

/**
 * One Prometheus, or what has its API: the events that objectives count. The
 * hub says what is missing, and what may have come late.
 */
export class PrometheusSource implements Source {
  readonly id: string;
  readonly type = 'prometheus';
  readonly title: string;
  readonly url: string;
  readonly detail?: string;
  readonly kinds: Observation['kind'][] = ['measurement'];
  readonly everySeconds: number;
  readonly measures: { names: string[]; isDefault: boolean };
  readonly metrics: MetricReader;
  readonly #client: PrometheusClient;
  readonly #queries = KnownQueries.create();

  private constructor(options: {
    config: InstanceConfig;
    client: PrometheusClient;
  }) {
    const { name, frontendUrl, everySeconds, isDefault } = options.config;
    this.#client = options.client;
    this.metrics = PrometheusMetrics.create(options);
    this.id = `prometheus:${name}`;
    this.title = `Prometheus ${name}`;
    this.url = frontendUrl;
    this.everySeconds = everySeconds;
    this.measures = { names: [name], isDefault };
    this.detail = isDefault
      ? 'objectives that name it, or none'
      : 'objectives that name it';
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request; for tests. */
    timeoutMs?: number;
  }): PrometheusSource {
    return new PrometheusSource({
      config: options.config,
      client: PrometheusClient.create(options),
    });
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    // Ends what is still on its way when a run ends, however it does.
    const over = new AbortController();
    try {
      yield* this.#pull({
        ...context,
        signal: AbortSignal.any([context.signal, over.signal]),
      });
    } finally {
      over.abort();
    }
  }

  async *#pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const { signal } = context;
    const wanted = (await context.objectives?.()) ?? [];
    const failures = Failures.open({
      cursor: context.cursor,
      reread: context.reread,
      wanted: wanted.map(({ id }) => id),
    });
    const batches = batchesOf({ wanted, failures, now: context.now() });
    const total = batches.flat().reduce((sum, each) => sum + slotsIn(each), 0);
    let done = 0;
    let answered = false;
    if (total === 0) {
      await this.#probe(context);
    }
    for (const batch of batches) {
      const pieces = batch.filter(({ wanted: { id } }) => !failures.has(id));
      let outcome = await measureBatch({
        pieces,
        client: this.#client,
        queries: this.#queries,
        signal,
      });
      if ('broken' in outcome) {
        const { broken: piece, error } = outcome;
        const { id } = piece.wanted;
        if (failures.isLate(id)) {
          answered ||= await this.#canAnswer(context);
        }
        if (!answered || !failures.isLate(id)) {
          // The next run asks for the others first: this one may be why.
          failures.suspect(id);
          yield { observations: [], cursor: failures.cursor() };
          throw error;
        }
        // Another was answered just now: it is this one's fault.
        outcome = { found: [{ piece, measured: { problem: error.message } }] };
      }
      const observations: MeasurementObservation[] = [];
      const rejected: SourceBatch['rejected'] = [];
      for (const { piece, measured } of outcome.found) {
        const { id, indicator } = piece.wanted;
        if ('slots' in measured) {
          observations.push(observationOf({ piece, slots: measured.slots }));
          failures.passed(id);
          answered = true;
          if (measured.oddness !== undefined) {
            // One a day, so that it is known when it was so last.
            const day = new Date(context.now()).toISOString().slice(0, 10);
            rejected.push({
              key: id,
              reason: measured.oddness,
              item: { ...indicator, day },
            });
          }
        } else {
          const { problem: reason } = measured;
          rejected.push({ key: id, reason, item: { ...indicator } });
          failures.failed(id, { why: reason, now: context.now() });
        }
      }
      done += batch.reduce((sum, each) => sum + slotsIn(each), 0);
      yield {
        observations,
        rejected,
        cursor: failures.cursor(),
        progress: { done, total, unit: 'slots' },
      };
    }
    const news = failures.finish();
    if (news || context.reread) {
      yield { observations: [], cursor: failures.cursor(), ...news };
    }
  }

  /** Whether it answers anything, as one that failed before has failed again. */
  async #canAnswer(context: SourceContext): Promise<boolean> {
    try {
      return 'answer' in (await this.#probe(context));
    } catch (error) {
      if (!isSourceError(error) || context.signal.aborted) {
        throw error;
      }
      return false;
    }
  }

  /** With nothing to measure it still shows whether it could be asked. */
  async #probe({ signal, now }: SourceContext): Promise<Answered> {
    const at = Math.floor(now() / 1000);
    return await this.#client.range({
      query: 'vector(1)',
      start: at,
      end: at,
      step: 300,
      signal,
    });
  }
}

/** Those that failed before come last, each by itself, so that they keep none from others. */
function batchesOf(options: {
  wanted: WantedMeasurement[];
  failures: Failures;
  now: number;
}): Piece[][] {
  const { wanted, failures, now } = options;
  const isLate = ({ id }: WantedMeasurement) => failures.isLate(id);
  const early = planPieces(
    wanted.filter(each => !isLate(each)),
    now,
  );
  const late = planPieces(wanted.filter(isLate), now).flat();
  return [...early, ...late.map(piece => [piece])];
}
