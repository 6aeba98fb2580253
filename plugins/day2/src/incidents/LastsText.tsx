import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { durationWords, useNow } from '../time';
import { useText } from '../translation';
import { Note, Stack, TimeText } from '../ui';
import { endOf } from './endOf';

/** Since when an incident is, and for how long it has been or was. */
export function LastsText(props: { incident: IncidentRecord }) {
  const t = useText();
  const now = useNow();
  const { incident } = props;
  const end = endOf(incident);
  const from = Date.parse(incident.startedAt);
  const span = durationWords(
    Math.max(0, (end === undefined ? now : Date.parse(end)) - from),
  );
  return (
    <Stack gap="small">
      <TimeText at={incident.startedAt} />
      <Note>
        {t(end === undefined ? 'incident.ongoing' : 'incident.lasted', {
          span,
        })}
      </Note>
    </Stack>
  );
}
