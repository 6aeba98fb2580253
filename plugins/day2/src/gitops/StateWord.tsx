import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { Status } from '../ui';
import { useText } from '../translation';
import { healthLook, syncLook } from './stateLook';
import { useSyncWord } from './useSyncWord';

/** The sync state, that the last operation failed, and the health where it is not well: for a narrow place. */
export function StateWord(props: { application: ApplicationState }) {
  const t = useText();
  const word = useSyncWord();
  const { failing, health, sync } = props.application;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '0 12px' }}>
      <Status {...syncLook[sync]} word={word(sync)} />
      {failing && <Status tone="bad" word={t('gitops.failing')} />}
      {health !== 'healthy' && health !== 'unknown' && (
        <Status
          {...healthLook[health]}
          word={t(`gitops.healthWord.${health}`)}
        />
      )}
    </span>
  );
}
