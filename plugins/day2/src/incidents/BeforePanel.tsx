import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import { TimelineList } from '../timeline/TimelineList';
import { useText } from '../translation';
import { Note, Panel } from '../ui';

/** What happened to its services before an incident, newest first. */
export function BeforePanel(props: { entries: TimelineEntry[] }) {
  const t = useText();
  const { entries } = props;
  return (
    <Panel level={3} title={t('incident.before')}>
      {entries.length === 0 ? (
        <Note>{t('incident.beforeNone')}</Note>
      ) : (
        <TimelineList caption={t('incident.before')} items={entries} />
      )}
    </Panel>
  );
}
