import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  Effect,
  EffectKind,
  EffectRequest,
} from '@day2/backstage-plugin-day2-node';
import type { NotificationsConfig } from './config';

type Severity = 'critical' | 'high' | 'normal' | 'low';

const SEVERITIES: Record<number, Severity> = {
  1: 'critical',
  2: 'high',
  3: 'normal',
  4: 'low',
  5: 'low',
};
const OVER = ['resolved', 'mitigated', 'ok', 'no traffic'];

/**
 * Tells the owners of services. What becomes of one incident is one
 * notification that changes (its scope is the record), so a repetition shows
 * nothing twice, and Slack or mail come by Backstage's own modules.
 */
export class NotificationsEffect implements Effect {
  readonly id = 'notifications';
  readonly kinds: EffectKind[] = ['incident', 'objective'];
  readonly #notifications: NotificationService;
  readonly #config: NotificationsConfig;

  private constructor(options: NotificationsEffectOptions) {
    this.#notifications = options.notifications;
    this.#config = options.config;
  }

  static create(options: NotificationsEffectOptions): NotificationsEffect {
    return new NotificationsEffect(options);
  }

  wants({ kind, priority, to }: EffectRequest): boolean {
    return kind === 'incident'
      ? (priority ?? 1) <= this.#config.priority
      : this.#config.objectives.includes(to);
  }

  async deliver(request: EffectRequest): Promise<void> {
    const { services, recordId, kind } = request;
    if (services.length === 0) {
      return;
    }
    await this.#notifications.send({
      // Of a component Backstage tells its owners.
      recipients: { type: 'entity', entityRef: services },
      payload: {
        title: withoutMarkup(request.title),
        description: request.text && withoutMarkup(request.text),
        link: request.path,
        severity: severityOf(request),
        topic: kind === 'incident' ? 'Incidents' : 'Objectives',
        scope: `day2:${kind}:${recordId}`,
      },
    });
  }
}

/**
 * Words of tools and people with nothing in them that is markup: in Slack `<…>`
 * calls a channel or a person, or hides where a link leads. Backstage itself
 * shows plain text, so that these are replaced and not escaped.
 */
function withoutMarkup(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}

function severityOf({ kind, to, priority }: EffectRequest): Severity {
  if (OVER.includes(to)) {
    return 'low';
  }
  if (kind === 'objective') {
    return to === 'page' ? 'critical' : 'high';
  }
  return SEVERITIES[priority ?? 3];
}

/** What the effect needs. */
export interface NotificationsEffectOptions {
  notifications: NotificationService;
  config: NotificationsConfig;
}
