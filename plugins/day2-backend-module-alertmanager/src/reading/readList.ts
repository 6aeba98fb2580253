import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from '../config';
import { toIncident, type AlertFacts } from '../mapping/toIncident';
import { ListedAlert, Silence } from '../schema';
import { suppressionOf } from './suppressionOf';

/** An alert that has not ended. */
export interface Listed {
  facts: AlertFacts;
  /** When it was sent last: epoch milliseconds. */
  updatedAt: number;
  /** When it would end if no more were heard of it: epoch milliseconds. */
  endsAt?: number;
}

/** Alerts of the list by their keys, and those that cannot be read. */
export function readList(options: {
  alerts: unknown[];
  silences: unknown[];
  config: InstanceConfig;
}): {
  listed: Map<string, Listed>;
  rejected: NonNullable<SourceBatch['rejected']>;
} {
  const { config } = options;
  const silences = new Map(
    options.silences.flatMap(item => {
      const { data } = Silence.safeParse(item);
      return data ? [[data.id, data] as const] : [];
    }),
  );
  const listed = new Map<string, Listed>();
  const rejected: NonNullable<SourceBatch['rejected']> = [];
  for (const item of options.alerts) {
    const { data: alert, error } = ListedAlert.safeParse(item);
    const facts = alert && toIncident(alert, config);
    if (!facts) {
      const [issue] = error?.issues ?? [];
      rejected.push({
        reason: issue
          ? `${issue.path.join('.') || 'alert'}: ${issue.message}`
          : 'startsAt: is missing',
        item,
      });
      continue;
    }
    const suppressed = suppressionOf(alert, silences);
    listed.set(facts.key, {
      facts: suppressed ? { ...facts, suppressed } : facts,
      updatedAt: Math.max(alert.updatedAt ?? 0, facts.detectedAt),
      endsAt: alert.endsAt,
    });
  }
  return { listed, rejected };
}

/** Whether any of them is silenced, so that silences need to be read. */
export function anySilenced(alerts: unknown[]): boolean {
  return alerts.some(
    item =>
      (ListedAlert.safeParse(item).data?.status.silencedBy.length ?? 0) > 0,
  );
}
