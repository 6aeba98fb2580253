import type {
  Observation,
  Source,
  SourceBatch,
  SourceContext,
  SourceWebhook,
} from '@day2/backstage-plugin-day2-node';
import { AlertmanagerClient } from './client';
import type { InstanceConfig } from './config';
import { openCursor, writeCursor } from './reading/cursor';
import { endOf, findEnded, missedOf, type Ended } from './reading/findEnded';
import { followDelivered } from './reading/followDelivered';
import { findNews } from './reading/findNews';
import { anySilenced, readList, type Listed } from './reading/readList';
import { webhookOf } from './webhook';

const PER_BATCH = 100;
/** Of alerts that have not ended, so many are followed: of each the cursor tells when it was said, and a hash. */
const MAX_OPEN = 5_000;

/**
 * One Alertmanager: what it delivers is the record of each alert; its API says
 * what a delivery does not, and what was missed.
 */
export class AlertmanagerSource implements Source {
  readonly id: string;
  readonly type = 'alertmanager';
  readonly title: string;
  readonly url: string;
  readonly detail: string;
  readonly kinds: Observation['kind'][] = ['incident'];
  readonly everySeconds: number;
  readonly webhook?: SourceWebhook;
  readonly #config: InstanceConfig;
  readonly #client: AlertmanagerClient;

  private constructor(options: {
    config: InstanceConfig;
    client: AlertmanagerClient;
  }) {
    const { config } = options;
    this.#config = config;
    this.#client = options.client;
    this.id = `alertmanager:${config.name}`;
    this.title = `Alertmanager ${config.name}`;
    this.url = config.frontendUrl;
    this.everySeconds = config.everySeconds;
    this.webhook = webhookOf(config);
    this.detail = this.webhook ? 'webhook and API' : 'API alone';
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request; for tests. */
    timeoutMs?: number;
  }): AlertmanagerSource {
    return new AlertmanagerSource({
      config: options.config,
      client: AlertmanagerClient.create(options),
    });
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const { signal } = context;
    const cursor = openCursor({
      cursor: context.cursor,
      reread: context.reread,
      config: this.#config,
      now: context.now(),
    });
    const askedAt = context.now();
    const alerts = await this.#client.alerts(signal);
    const silences = anySilenced(alerts)
      ? await this.#client.silences(signal)
      : [];
    const list = readList({ alerts, silences, config: this.#config });
    const { listed, rejected } = list;
    if (rejected.length > 0) {
      yield { observations: [], rejected, cursor: writeCursor(cursor) };
    }
    const followed = newestOf(listed);
    const news = findNews({ cursor, listed: followed });
    for (let at = 0; at < news.length; at += PER_BATCH) {
      const chunk = news.slice(at, at + PER_BATCH);
      for (const { observation, known } of chunk) {
        cursor.open[observation.key] = known;
      }
      yield {
        observations: chunk.map(({ observation }) => observation),
        cursor: writeCursor(cursor),
        progress: {
          done: at + chunk.length,
          total: news.length,
          unit: 'alerts',
        },
      };
    }
    await followDelivered({
      cursor,
      list,
      incidents: context.incidents,
      askedAt,
    });
    const missed = missedOf(cursor, list);
    const { ended, held } = findEnded({
      cursor,
      missed,
      startedAt:
        missed.size > 0 ? await this.#client.startedAt(signal) : undefined,
      now: context.now(),
    });
    for (let at = 0; at < ended.length; at += PER_BATCH) {
      const chunk = ended.slice(at, at + PER_BATCH);
      const observations = await endsOf(context, chunk);
      for (const { key } of chunk) {
        delete cursor.open[key];
      }
      yield { observations, cursor: writeCursor(cursor) };
    }
    for (const { facts, endsAt, updatedAt } of followed) {
      Object.assign(cursor.open[facts.key], { e: endsAt, u: updatedAt });
    }
    if (!list.isBlind) {
      cursor.readAt = context.now();
    }
    yield {
      observations: [],
      cursor: writeCursor(cursor),
      notices: noticesOf({
        listed: listed.size,
        followed: followed.length,
        held,
      }),
    };
  }
}

/** Said of those that the hub holds for open: a webhook may have told their end. */
async function endsOf(
  { incidents }: SourceContext,
  ended: Ended[],
): Promise<Observation[]> {
  const said = await incidents?.said(ended.map(({ key }) => key));
  const byKey = new Map(said?.map(each => [each.key, each]));
  return ended.flatMap(each => {
    const known = byKey.get(each.key);
    return known && known.resolvedAt === undefined ? endOf(known, each) : [];
  });
}

function newestOf(listed: Map<string, Listed>): Listed[] {
  const all = [...listed.values()];
  return all.length <= MAX_OPEN
    ? all
    : all
        .sort((a, b) => b.facts.detectedAt - a.facts.detectedAt)
        .slice(0, MAX_OPEN);
}

/** What the Sources page should say while it holds. */
function noticesOf(options: {
  listed: number;
  followed: number;
  held: number;
}): string[] {
  const { listed, followed, held } = options;
  return [
    ...(listed > followed
      ? [
          `It lists ${listed} alerts; the newest ${MAX_OPEN} are followed, the others only by its webhook.`,
        ]
      : []),
    ...(held > 0
      ? [
          `${held} alerts were missed all at once: each goes on until the end that it had named, for a day at most. Check that the url and the headers are still those of the same Alertmanager.`,
        ]
      : []),
  ];
}
