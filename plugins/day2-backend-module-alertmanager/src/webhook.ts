import {
  basicVerifier,
  bearerVerifier,
  SourceError,
  type IncidentObservation,
  type SourceWebhook,
  type WebhookDelivery,
  type WebhookRecords,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from './config';
import { toIncident } from './mapping/toIncident';
import { DeliveredAlert, Delivery } from './schema';

/** What is taken of an Alertmanager: undefined where it has no secret. */
export function webhookOf(config: InstanceConfig): SourceWebhook | undefined {
  const { webhook } = config;
  if (!webhook) {
    return undefined;
  }
  return {
    kind: 'record',
    verify:
      'tokens' in webhook ? bearerVerifier(webhook) : basicVerifier(webhook),
    read: delivery => readDelivery(delivery, config),
  };
}

function readDelivery(
  { body }: WebhookDelivery,
  config: InstanceConfig,
): WebhookRecords {
  const { alerts, truncatedAlerts, groupKey } = parse(body);
  const observations: IncidentObservation[] = [];
  const rejected: NonNullable<WebhookRecords['rejected']> = [];
  for (const item of alerts) {
    const parsed = DeliveredAlert.safeParse(item);
    const outcome = parsed.success
      ? toObservation(parsed.data, config)
      : describe(parsed.error.issues[0]);
    if (typeof outcome === 'string') {
      rejected.push({ reason: outcome, item });
    } else {
      observations.push(outcome);
    }
  }
  if (truncatedAlerts > 0) {
    rejected.push({
      reason: `Alertmanager left ${truncatedAlerts} alerts of this group out (max_alerts of the receiver); they come with the next reading of its API`,
      item: { groupKey, truncatedAlerts },
    });
  }
  return { observations, rejected };
}

function parse(body: Buffer) {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    // Told below.
  }
  const parsed = Delivery.safeParse(json);
  if (!parsed.success) {
    throw new SourceError({
      code: 'bad-answer',
      message: 'it is no webhook of Alertmanager, version 4',
    });
  }
  return parsed.data;
}

/**
 * A firing alert has the version of when it began, one that has ended that of
 * its end: so the end is the last word, whichever comes first.
 */
function toObservation(
  alert: DeliveredAlert,
  config: InstanceConfig,
): IncidentObservation | string {
  const facts = toIncident(alert, config);
  if (!facts) {
    return 'startsAt: is missing';
  }
  if (alert.status === 'firing') {
    return { ...facts, version: facts.detectedAt };
  }
  if (alert.endsAt === undefined) {
    return 'endsAt: is missing, though it has ended';
  }
  const resolvedAt = Math.max(alert.endsAt, facts.detectedAt);
  return { ...facts, version: resolvedAt, resolvedAt };
}

function describe(issue: { path: PropertyKey[]; message: string }): string {
  return `${issue.path.join('.') || 'alert'}: ${issue.message}`;
}
