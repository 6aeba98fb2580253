import type { IncidentObservation, IncidentReference } from '../incident';

/** Minutes as epoch milliseconds, from some midnight on. */
export function minutes(at: number): number {
  return Date.parse('2026-11-20T00:00:00Z') + at * 60_000;
}

/**
 * `pd 1 10-60 ack@12 mit@40 imp@5 s=a,b e=production gap@20-30`: source, key,
 * open from and to (absent: open still) in minutes; services `a` by default.
 * Source `am` is of alerts.
 */
export function observation(line: string): IncidentObservation {
  const [source, key, open, ...rest] = line.trim().split(/\s+/);
  const [from, to] = open.split('-');
  const value = (name: string) =>
    rest.find(each => each.startsWith(name))?.slice(name.length);
  const instant = (name: string, field: string) => {
    const at = value(name);
    return at === undefined ? {} : { [field]: minutes(Number(at)) };
  };
  const environment = value('e=');
  const gap = value('gap@')?.split('-').map(Number);
  return {
    source,
    tool: { am: 'alertmanager', pd: 'pagerduty', og: 'opsgenie' }[source] ?? '',
    key,
    kind: source === 'am' ? 'alert' : 'incident',
    services: (value('s=') ?? 'a').split(',').filter(each => each !== ''),
    title: `${source} ${key}`,
    words: [],
    detectedAt: minutes(Number(from)),
    ...(to ? { resolvedAt: minutes(Number(to)) } : {}),
    ...instant('imp@', 'impactStartedAt'),
    ...instant('ack@', 'acknowledgedAt'),
    ...instant('mit@', 'mitigatedAt'),
    ...(environment ? { environment } : {}),
    ...(gap
      ? { gaps: [{ resolvedAt: minutes(gap[0]), reopenedAt: minutes(gap[1]) }] }
      : {}),
  };
}

/** One observation a line. */
export function observations(text: string): IncidentObservation[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(observation);
}

/** `pd 1` as a reference. */
export function reference(name: string): IncidentReference {
  const [source, key] = name.split(' ');
  return { source, key };
}
