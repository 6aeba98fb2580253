import type { ObjectiveStateWord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Status } from '../ui';
import { objectiveLook } from './objectiveLook';

/** How an objective stands: colour, icon and word. */
export function ObjectiveStateText(props: { state: ObjectiveStateWord }) {
  const t = useText();
  return (
    <Status
      {...objectiveLook[props.state]}
      word={t(`objective.words.${props.state}`)}
    />
  );
}
