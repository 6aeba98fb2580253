import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from '../config';
import { toIncident, type AlertFacts } from '../mapping/toIncident';
import { Fingerprint, ListedAlert, Silence } from '../schema';
import { suppressionOf } from './suppressionOf';

/** An alert that has not ended. */
export interface Listed {
  facts: AlertFacts;
  /** When it was sent last: epoch milliseconds. */
  updatedAt: number;
  /** When it would end if no more were heard of it: epoch milliseconds. */
  endsAt?: number;
}

/** What a list holds. */
export interface ReadList {
  /** By their keys. */
  listed: Map<string, Listed>;
  rejected: NonNullable<SourceBatch['rejected']>;
  /** Fingerprints of those that are listed and cannot be read. */
  unread: Set<string>;
  /** Something is listed of which it is not known which alert it is. */
  isBlind: boolean;
}

/** Alerts of the list by their keys, and those that cannot be read. */
export function readList(options: {
  alerts: unknown[];
  silences: unknown[];
  config: InstanceConfig;
}): ReadList {
  const { config } = options;
  const silences = new Map(
    options.silences.flatMap(item => {
      const { data } = Silence.safeParse(item);
      return data ? [[data.id, data] as const] : [];
    }),
  );
  const listed: ReadList['listed'] = new Map();
  const rejected: ReadList['rejected'] = [];
  const unread: ReadList['unread'] = new Set();
  let isBlind = false;
  for (const item of options.alerts) {
    const { data: alert, error } = ListedAlert.safeParse(item);
    const facts = alert && toIncident(alert, config);
    if (!facts) {
      const [issue] = error?.issues ?? [];
      const { key, lasting } = nameOf(item);
      rejected.push({
        ...(key === undefined ? {} : { key }),
        reason: issue
          ? `${issue.path.join('.') || 'alert'}: ${issue.message}`
          : 'startsAt: is missing',
        item: lasting,
      });
      if (key === undefined) {
        isBlind = true;
      } else {
        unread.add(key);
      }
      continue;
    }
    const suppressed = suppressionOf(alert, silences);
    listed.set(facts.key, {
      facts: suppressed ? { ...facts, suppressed } : facts,
      updatedAt: Math.max(alert.updatedAt ?? 0, facts.detectedAt),
      endsAt: alert.endsAt,
    });
  }
  return { listed, rejected, unread, isBlind };
}

/**
 * Which alert it is, and what of it stays the same while it fires: so that one
 * that cannot be read is set aside once, not at each reading.
 */
function nameOf(item: unknown): { key?: string; lasting: unknown } {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return { lasting: item };
  }
  const { fingerprint, labels, startsAt, status } = item as Record<
    string,
    unknown
  >;
  return {
    key: Fingerprint.safeParse(fingerprint).data,
    lasting: { fingerprint, labels, startsAt, status },
  };
}

/** Whether any of them is silenced, so that silences need to be read. */
export function anySilenced(alerts: unknown[]): boolean {
  return alerts.some(
    item =>
      (ListedAlert.safeParse(item).data?.status.silencedBy.length ?? 0) > 0,
  );
}
