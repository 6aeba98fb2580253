import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { shareWords } from '../objectives/shareWords';
import { useText } from '../translation';
import { Note, Stack, Status, VersionButton, VersionText } from '../ui';
import type { OpenRecord } from '../url';
import { suspectLook } from './incidentLook';

/** The change that did it, as far as is known, and how sure that is. */
export function SuspectText(props: {
  suspect: IncidentRecord['suspect'];
  /** Opens its record; absent where there is no drawer. */
  onOpen?: (open: OpenRecord) => void;
}) {
  const t = useText();
  const { onOpen, suspect } = props;
  if (!suspect) {
    return <Note>{t('incident.noSuspect')}</Note>;
  }
  const { id, kind, label, probability, state } = suspect;
  return (
    <Stack gap="small">
      {onOpen ? (
        <VersionButton text={label} onClick={() => onOpen({ kind, id })} />
      ) : (
        <span>
          <VersionText text={label} />
        </span>
      )}
      <Status
        {...suspectLook[state]}
        word={t(`incident.suspectState.${state}`)}
      />
      {state === 'suspected' && (
        <Note>
          {t('incident.probable', { share: shareWords(probability) })}
        </Note>
      )}
    </Stack>
  );
}
