import {
  annotations,
  type ServiceSummary,
} from '@day2/backstage-plugin-day2-common';
import type { ServiceRow } from '../services/ServiceStore';

/** What of the header the entity itself says. */
export function serviceHeader(
  service: ServiceRow,
): Pick<ServiceSummary['header'], 'runbook' | 'support' | 'links'> {
  return {
    runbook: runbookOf(service),
    support: (service.annotations[annotations.support] ?? '')
      .split(',')
      .flatMap(part => {
        const match = /^\s*(?<level>[^=\s]+)\s*=\s*(?<ref>\S+)\s*$/.exec(part);
        return match?.groups
          ? [{ level: match.groups.level, ref: match.groups.ref }]
          : [];
      }),
    links: service.links.map(link => ({
      title: link.title ?? link.url,
      url: link.url,
    })),
  };
}

/** A URL as it is, a path below the entity's source location; nothing that a browser would run. */
function runbookOf(service: ServiceRow): string | undefined {
  const value = service.annotations[annotations.runbook]?.trim();
  if (!value) {
    return undefined;
  }
  const location = service.annotations[annotations.sourceLocation];
  const base = location?.startsWith('url:') ? location.slice(4) : undefined;
  try {
    const url = new URL(value, base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    // A path, and no place to read it from: shown as text.
    return value;
  }
}
