import { useText } from '../translation';
import { StateChip } from '../ui';
import { priorityTone } from './incidentLook';

/** How urgent an incident is, from P1 to P5. */
export function PriorityText(props: { priority?: number }) {
  const t = useText();
  const { priority } = props;
  const tone = priorityTone(priority);
  return (
    <StateChip
      tone={tone}
      word={
        priority === undefined
          ? t('incident.noPriority')
          : t('incident.priorityOf', { priority: String(priority) })
      }
    />
  );
}
