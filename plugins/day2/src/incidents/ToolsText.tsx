import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack, TextLink } from '../ui';

/** So many are named in a row. */
const named = 3;

/** Which tools tell of an incident, each leading to what it says. */
export function ToolsText(props: { incident: IncidentRecord }) {
  const t = useText();
  const { references, moreReferences = 0 } = props.incident;
  const more = references.length + moreReferences - named;
  const runbooks = new Set(references.flatMap(({ runbook }) => runbook ?? []));
  return (
    <Stack gap="small">
      {references.slice(0, named).map(({ key, source, sourceTitle, url }) => (
        <span key={`${source} ${key}`}>
          {url ? <TextLink href={url}>{sourceTitle}</TextLink> : sourceTitle}
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
