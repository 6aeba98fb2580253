import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import type { TestHub } from './testHub';

/** Minutes as epoch milliseconds, from the first hour of the test hub's clock on. */
export function minutes(at: number): number {
  return Date.parse('2026-10-20T00:00:00Z') + at * 60_000;
}

/**
 * `pd 1 10-60 s=a+b e=prod ack@12 mit@40 imp@5 sev=critical v=2`: source, key,
 * open from and to (absent: open still) in minutes; of the tool's service `a+b`,
 * which services `a` and `b` name; `a` by default. Source `am` is of alerts.
 */
export function incidentLine(line: string): {
  source: string;
  observation: IncidentObservation;
} {
  const [source, key, open, ...rest] = line.trim().split(/\s+/);
  const [from, to] = open.split('-');
  const value = (name: string) =>
    rest.find(each => each.startsWith(name))?.slice(name.length);
  const instant = (name: string, field: string) => {
    const at = value(name);
    return at === undefined ? {} : { [field]: minutes(Number(at)) };
  };
  const service = value('s=') ?? 'a';
  const severity = value('sev=');
  return {
    source,
    observation: {
      kind: 'incident',
      key,
      version: Number(value('v=') ?? 1),
      subject: {
        key: service,
        kind: 'incident-service',
        traits: { toolService: { tool: 'pagerduty', id: service } },
      },
      tool: source === 'am' ? 'alertmanager' : 'pagerduty',
      nature: source === 'am' ? 'alert' : 'incident',
      title: `${source} ${key}`,
      words: severity ? [{ field: 'severity', word: severity }] : [],
      detectedAt: minutes(Number(from)),
      ...(to ? { resolvedAt: minutes(Number(to)) } : {}),
      ...(value('e=') ? { environment: value('e=') } : {}),
      ...instant('imp@', 'impactStartedAt'),
      ...instant('ack@', 'acknowledgedAt'),
      ...instant('mit@', 'mitigatedAt'),
    },
  };
}

/** Lines by their source, in their order. */
export function incidentLines(
  text: string,
): { source: string; observations: IncidentObservation[] }[] {
  const parts: { source: string; observations: IncidentObservation[] }[] = [];
  for (const line of text.split('\n').filter(each => each.trim() !== '')) {
    const { source, observation } = incidentLine(line);
    const last = parts.at(-1);
    if (last?.source === source) {
      last.observations.push(observation);
    } else {
      parts.push({ source, observations: [observation] });
    }
  }
  return parts;
}

/** Takes lines in, and derives. */
export async function observeLines(hub: TestHub, text: string): Promise<void> {
  for (const { source, observations } of incidentLines(text)) {
    await hub.observe(source, observations);
  }
  await hub.derive();
}

/** Services `a` to `d` that name the tool's services of those letters. */
export async function addIncidentServices(hub: TestHub): Promise<void> {
  const letters = ['a', 'b', 'c', 'd'];
  const all = letters.flatMap(one => [
    one,
    ...letters.filter(other => other > one).map(other => `${one}+${other}`),
  ]);
  for (const id of letters) {
    await hub.addService({
      id,
      ref: `component:default/${id}`,
      annotations: {
        'pagerduty.com/service-id': all
          .filter(each => each.split('+').includes(id))
          .join(','),
      },
    });
  }
}
