import type {
  IncidentRecord,
  IncidentReferenceRecord,
} from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack, TextLink } from '../ui';

/** So many are named in a row. */
const named = 3;

/** Which tools tell of an incident, each leading to what it says. */
export function ToolsText(props: { incident: IncidentRecord }) {
  const t = useText();
  const { references, moreReferences = 0 } = props.incident;
  const tools = toolsOf(references);
  const shown = tools.slice(0, named);
  const more =
    references.length +
    moreReferences -
    shown.reduce((sum, { count }) => sum + count, 0);
  const runbooks = new Set(references.flatMap(({ runbook }) => runbook ?? []));
  return (
    <Stack gap="small">
      {shown.map(({ count, source, title, url }) => (
        <span key={source}>
          {url ? <TextLink href={url}>{title}</TextLink> : title}
          {count > 1 && ` (${count})`}
        </span>
      ))}
      {more > 0 && <Note>{t('incident.more', { n: String(more) })}</Note>}
      {[...runbooks].slice(0, 1).map(url => (
        <Note key={url}>
          <TextLink href={url}>{t('incident.runbook')}</TextLink>
        </Note>
      ))}
    </Stack>
  );
}

/** Each tool once, with how much it says and where the first of it is. */
function toolsOf(references: IncidentReferenceRecord[]) {
  const tools = new Map<
    string,
    { source: string; title: string; url?: string; count: number }
  >();
  for (const { source, sourceTitle: title, url } of references) {
    const known = tools.get(source);
    tools.set(source, {
      source,
      title,
      url: known?.url ?? url,
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...tools.values()];
}
