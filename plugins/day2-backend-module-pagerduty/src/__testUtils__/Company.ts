/** An object as the API has it. */
export type Raw = Record<string, any>;

/** Midday of the first of March 2026, and so many minutes after. */
export const at = (minutes: number) =>
  Date.UTC(2026, 2, 1, 12) + minutes * 60_000;
/** The same as PagerDuty writes it. */
export const iso = (ms: number) =>
  new Date(ms).toISOString().replace('.000Z', 'Z');

const host = 'https://tern.pagerduty.example';

function refer(type: string, id: string, summary: string): Raw {
  return {
    id,
    type: `${type}_reference`,
    summary,
    self: `https://api.pagerduty.example/${type}s/${id}`,
    html_url: `${host}/${type}s/${id}`,
  };
}

/** What an account holds: services, people, incidents and all that happened to them. */
export class Company {
  readonly services: Raw[] = [];
  readonly users: Raw[] = [];
  readonly onCalls: Raw[] = [];
  readonly incidents: Raw[] = [];
  /** Oldest first. */
  readonly log: Raw[] = [];
  /** Custom fields by incident. */
  readonly fields = new Map<string, Raw[]>();
  #entries = 0;

  service(id: string, name = id, policy = `E${id}`): Raw {
    const service = {
      ...refer('service', id, name),
      type: 'service',
      name,
      status: 'active',
      escalation_policy: refer('escalation_policy', policy, `Policy ${policy}`),
    };
    this.services.push(service);
    return service;
  }

  user(id: string, name: string, email?: string): Raw {
    const user = { ...refer('user', id, name), type: 'user', name, email };
    this.users.push(user);
    return user;
  }

  onCall(policy: string, user: Raw, more: Raw = {}): Raw {
    const entry = {
      escalation_policy: refer('escalation_policy', policy, `Policy ${policy}`),
      escalation_level: 1,
      schedule: refer('schedule', `S${policy}`, 'Weekly'),
      user: refer('user', user.id, user.name),
      start: iso(at(-60)),
      end: iso(at(600)),
      ...more,
    };
    this.onCalls.push(entry);
    return entry;
  }

  trigger(id: string, service: Raw, ms: number, more: Raw = {}): Raw {
    const number = this.incidents.length + 1;
    const title = more.title ?? `Errors in ${service.name}`;
    const incident = {
      ...refer('incident', id, `[#${number}] ${title}`),
      type: 'incident',
      incident_number: number,
      title,
      description: title,
      created_at: iso(ms),
      updated_at: iso(ms),
      status: 'triggered',
      service: refer('service', service.id, service.name),
      assignments: [],
      last_status_change_at: iso(ms),
      resolved_at: null,
      priority: null,
      urgency: 'high',
      resolve_reason: null,
      ...more,
    };
    this.incidents.push(incident);
    this.entry(incident, 'trigger', ms, { channel: { type: 'api' } });
    return incident;
  }

  acknowledge(incident: Raw, ms: number, user?: Raw): void {
    this.#change(incident, 'acknowledged', ms);
    this.entry(incident, 'acknowledge', ms, this.#by(user));
  }

  resolve(incident: Raw, ms: number, user?: Raw): void {
    this.#change(incident, 'resolved', ms);
    incident.assignments = [];
    this.entry(incident, 'resolve', ms, this.#by(user));
  }

  reopen(incident: Raw, ms: number, user?: Raw): void {
    this.#change(incident, 'triggered', ms);
    this.entry(incident, 'reopen', ms, this.#by(user));
  }

  note(incident: Raw, ms: number, content: string): void {
    this.entry(incident, 'annotate', ms, {
      channel: { type: 'note', content },
    });
  }

  /** Something that the log tells of, without a change of status. */
  entry(incident: Raw, type: string, ms: number, more: Raw = {}): Raw {
    this.#entries += 1;
    const entry = {
      id: `R${this.#entries}`,
      type: `${type}_log_entry`,
      summary: type,
      created_at: iso(ms),
      agent: incident.service,
      channel: { type: 'auto' },
      incident: refer('incident', incident.id, incident.summary),
      ...more,
    };
    this.log.push(entry);
    return entry;
  }

  #change(incident: Raw, status: string, ms: number): void {
    Object.assign(incident, {
      status,
      updated_at: iso(ms),
      last_status_change_at: iso(ms),
      resolved_at: status === 'resolved' ? iso(ms) : null,
    });
  }

  #by(user: Raw | undefined): Raw {
    return user ? { agent: refer('user', user.id, user.name) } : {};
  }
}
