import { createHmac } from 'crypto';
import { setTimeout } from 'timers/promises';
import { z } from 'zod';
import type { StateFolder } from '../state/StateFolder';
import { SECOND } from '../world/time';
import type { World } from '../world/World';
import { incidentsOf, type Incident } from './incidentsOf';
import type { LogEntry } from './logEntriesOf';
import { objectId } from './objectId';

const file = 'pagerduty-webhooks.json';
const Cursor = z.object({ until: z.number() });

/** Tries of one delivery, and the pause after the first; it doubles. */
const TRIES = 5;
const FIRST_PAUSE_MS = 1_000;
const TIMEOUT_MS = 16_000;

/** What is told of, by the type of the log entry. */
const eventTypes = new Map([
  ['trigger_log_entry', 'incident.triggered'],
  ['acknowledge_log_entry', 'incident.acknowledged'],
  ['priority_change_log_entry', 'incident.priority_updated'],
  ['annotate_log_entry', 'incident.annotated'],
  ['resolve_log_entry', 'incident.resolved'],
]);

/**
 * Sends PagerDuty's webhooks (v3) of what happens from now on: signed, tried
 * again, given up after a while, as PagerDuty does. What was sent is kept, so
 * that a restart goes on.
 */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #stop = new AbortController();
  #until: number;
  #sending: Promise<void> = Promise.resolve();
  #isWaiting = false;

  private constructor(options: WebhookSenderOptions, until: number) {
    this.#options = options;
    this.#until = until;
  }

  static async create(options: WebhookSenderOptions): Promise<WebhookSender> {
    const text = await options.state.read(file);
    const { until } = text
      ? Cursor.parse(JSON.parse(text))
      : { until: options.world.end };
    return new WebhookSender(options, until);
  }

  /** Says that the world has gone on. */
  notify(): void {
    if (this.#isWaiting) {
      return;
    }
    this.#isWaiting = true;
    this.#sending = this.#sending.then(async () => {
      this.#isWaiting = false;
      await this.#sendAll();
    });
  }

  /** Resolves when all that was told of is sent or given up. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { world, url, state } = this.#options;
    // An entry has whole seconds, and what it tells of may not.
    const news = incidentsOf(world, url, { since: this.#until - SECOND })
      .flatMap(({ incident, entries }) =>
        entries.map(entry => ({ incident, entry })),
      )
      .filter(
        ({ entry }) => entry.at > this.#until && eventTypes.has(entry.type),
      )
      .sort((a, b) => a.entry.at - b.entry.at);
    for (const { incident, entry } of news) {
      await this.#send(incident, entry);
      if (this.#stop.signal.aborted) {
        return;
      }
      this.#until = entry.at;
    }
    if (news.length > 0) {
      await state.write(file, JSON.stringify({ until: this.#until }));
    }
  }

  async #send(incident: Incident, entry: LogEntry): Promise<void> {
    const { target, secret } = this.#options;
    const body = JSON.stringify({ event: eventOf(incident, entry) });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    for (let n = 0; n < TRIES && !this.#stop.signal.aborted; n += 1) {
      if (n > 0) {
        await this.#pause(FIRST_PAUSE_MS * 2 ** (n - 1));
      }
      try {
        const response = await (this.#options.fetch ?? fetch)(target, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'User-Agent': 'PagerDuty-Webhook/V3.0',
            'X-PagerDuty-Signature': `v1=${signature}`,
            'X-Webhook-Id': entry.id,
            'X-Webhook-Subscription': objectId('subscription', target),
          },
          body,
          signal: AbortSignal.any([
            this.#stop.signal,
            AbortSignal.timeout(TIMEOUT_MS),
          ]),
        });
        await response.arrayBuffer();
        if (response.status < 500 && response.status !== 429) {
          return;
        }
      } catch {
        // The portal is not there: tried again.
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    const { wait = setTimeout } = this.#options;
    await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}

function eventOf(incident: Incident, entry: LogEntry): object {
  const { assignments, incident_number: number, ...data } = incident;
  return {
    id: entry.id,
    event_type: eventTypes.get(entry.type),
    resource_type: 'incident',
    occurred_at: entry.created_at,
    agent: entry.agent,
    client: null,
    data: {
      id: data.id,
      type: 'incident',
      self: data.self,
      html_url: data.html_url,
      number,
      status: data.status,
      incident_key: data.incident_key,
      created_at: data.created_at,
      title: data.title,
      service: data.service,
      assignees: (assignments as { assignee: object }[]).map(
        ({ assignee }) => assignee,
      ),
      escalation_policy: data.escalation_policy,
      teams: [],
      priority: data.priority,
      urgency: data.urgency,
      conference_bridge: null,
      resolve_reason: null,
    },
  };
}

/** What a sender needs; `fetch` and `wait` are for tests. */
export interface WebhookSenderOptions {
  world: World;
  state: StateFolder;
  /** Address of the sandbox's PagerDuty. */
  url: string;
  /** Where webhooks go. */
  target: string;
  secret: string;
  fetch?: typeof fetch;
  wait?: typeof setTimeout;
}
