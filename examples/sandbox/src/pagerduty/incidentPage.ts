import type { ToldIncident } from './incidentsOf';

/** What somebody sees who follows a link to an incident. */
export function incidentPage({ incident, entries }: ToldIncident): string {
  const title = escape(`#${incident.incident_number} ${incident.title}`);
  const lines = entries.map(
    ({ created_at, summary, channel }) =>
      `<li><time>${created_at}</time> ${escape(summary)} ${escape(
        channel.content ?? '',
      )}</li>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${
    incident.status
  }, urgency ${escape(incident.urgency)}</p><ol>${lines.join('')}</ol>\n`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
