import type { HealthState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Status } from '../ui';
import { healthLook } from './stateLook';

/** How what runs is doing. */
export function HealthText(props: { health: HealthState }) {
  const t = useText();
  return (
    <Status
      {...healthLook[props.health]}
      word={t(`gitops.healthWord.${props.health}`)}
    />
  );
}
