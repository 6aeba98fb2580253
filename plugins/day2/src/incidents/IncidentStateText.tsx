import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Status } from '../ui';
import { incidentLook } from './incidentLook';

/** How an incident stands: colour, icon and word. */
export function IncidentStateText(props: { state: IncidentRecord['state'] }) {
  const t = useText();
  return (
    <Status
      {...incidentLook[props.state]}
      word={t(`incident.words.${props.state}`)}
    />
  );
}
