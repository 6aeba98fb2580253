import { createHash } from 'crypto';
import type { Outage } from '../world/outages/Outage';
import { people, type CommitIdentity } from '../world/people';
import type { ServiceSpec } from '../world/ServiceSpec';
import { MINUTE, SECOND } from '../world/time';
import { objectId } from './objectId';
import { instant, reference } from './reference';
import { serviceReference, shiftAt, userReference } from './staff';

/** Something that happened to an incident. */
export interface LogEntry {
  id: string;
  type: string;
  summary: string;
  self: string;
  html_url: null;
  created_at: string;
  agent: object;
  channel: { type: string; summary?: string; content?: string };
  service: object;
  incident: object;
  teams: object[];
  contexts: object[];
  assignees?: object[];
  /** Epoch milliseconds; not told. */
  at: number;
}

/** Which of so many an outage draws, the same at each time. */
function draw(outage: Outage, what: string, of: number): number {
  const digest = createHash('sha256').update(`${what}/${outage.id}`).digest();
  return digest.readUInt32BE(0) % of;
}

/** What is noted, by half of those who take an incident on. */
function noteOf(outage: Outage): string | undefined {
  if (draw(outage, 'note', 2) === 0) {
    return undefined;
  }
  switch (outage.kind) {
    case 'release':
      return `Began right after ${outage.cause?.version} went out, rolling it back`;
    case 'dependency':
      return 'The provider confirms trouble on their side';
    case 'certificate':
      return 'The partner is asked for a new certificate';
    case 'capacity':
      return 'Raising the limit of connections';
    default:
      return undefined;
  }
}

/** The priority that is given to an incident once somebody has looked at it. */
export function priorityOf(
  outage: Outage,
  spec: ServiceSpec,
): string | undefined {
  if (outage.kind === 'noise') {
    return undefined;
  }
  const step = outage.errorShare >= 0.1 ? 0 : 1;
  return `P${Math.min(5, spec.tier + step)}`;
}

/** All that has happened to an incident by an instant, oldest first. */
export function logEntriesOf(options: {
  outage: Outage & { detectedAt: number };
  spec: ServiceSpec;
  number: number;
  /** Epoch milliseconds. */
  until: number;
  /** Address of the API. */
  url: string;
}): LogEntry[] {
  const { outage, spec, number, until, url } = options;
  const { id, title, detectedAt, acknowledgedAt, resolvedAt } = outage;
  const service = serviceReference(spec, url);
  const incident = reference({
    type: 'incident',
    key: id,
    summary: `[#${number}] ${title}`,
    url,
  });
  const entries: LogEntry[] = [];
  const end = Math.min(until, resolvedAt ?? Infinity);
  const add = (
    type: string,
    at: number,
    summary: string,
    more: Partial<LogEntry> = {},
  ) => {
    if (at > end) {
      return;
    }
    const entry = objectId('log_entry', `${id}/${type}`);
    entries.push({
      id: entry,
      type: `${type}_log_entry`,
      summary,
      self: `${url}/log_entries/${entry}`,
      html_url: null,
      created_at: instant(at),
      agent: service,
      channel: { type: 'auto' },
      service,
      incident,
      teams: [],
      contexts: [],
      ...more,
      at: Math.floor(at / SECOND) * SECOND,
    });
  };
  const onCall = shiftAt(spec.team, detectedAt).person;
  const by = (person: CommitIdentity) => ({
    agent: userReference(person, url),
    channel: { type: 'website' },
  });
  add('trigger', detectedAt, 'Triggered through the API.', {
    channel: { type: 'api', summary: title },
  });
  add('assign', detectedAt, `Assigned to ${onCall.name}.`, {
    assignees: [userReference(onCall, url)],
  });
  add('notify', detectedAt + 5 * SECOND, `Notified ${onCall.name} by push.`);
  const taker = personOf(outage.acknowledgedBy);
  if (acknowledgedAt !== undefined && taker) {
    add(
      'acknowledge',
      acknowledgedAt,
      `Acknowledged by ${taker.name}.`,
      by(taker),
    );
    const priority = priorityOf(outage, spec);
    if (priority) {
      add(
        'priority_change',
        acknowledgedAt + 20 * SECOND,
        `Priority changed to ${priority} by ${taker.name}.`,
        by(taker),
      );
    }
    const content = noteOf(outage);
    if (content) {
      add(
        'annotate',
        acknowledgedAt + 2 * MINUTE,
        `Note added by ${taker.name}.`,
        {
          ...by(taker),
          channel: { type: 'note', summary: content, content },
        },
      );
    }
  }
  if (resolvedAt !== undefined) {
    const resolver = personOf(outage.resolvedBy);
    add(
      'resolve',
      resolvedAt,
      resolver
        ? `Resolved by ${resolver.name}.`
        : 'Resolved through the integration API.',
      resolver ? by(resolver) : {},
    );
  }
  return entries;
}

function personOf(address: string | undefined): CommitIdentity | undefined {
  return Object.values(people).find(({ email }) => email === address);
}
