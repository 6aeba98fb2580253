import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { useText } from '../translation';
import { AgoText, Note, Stack, Status } from '../ui';
import { phaseLook } from './stateLook';

/** The last thing the tool did: how it ended, who asked for it, when. */
export function OperationText(props: {
  operation: ApplicationState['operation'];
  /** What the tool said of it too. */
  message?: boolean;
}) {
  const t = useText();
  const { operation } = props;
  if (!operation) {
    return <Note>{t('gitops.noOperation')}</Note>;
  }
  const at = operation.finishedAt ?? operation.startedAt;
  return (
    <Stack gap="small">
      <Status
        {...phaseLook[operation.phase]}
        word={t(`gitops.phase.${operation.phase}`)}
      />
      <Note>
        {operation.actor ? (
          <PersonText person={operation.actor} />
        ) : (
          operation.automated && t('gitops.byItself')
        )}
        {at && (
          <>
            {(operation.actor || operation.automated) && ' · '}
            <AgoText at={at} />
          </>
        )}
      </Note>
      {operation.limitedTo && (
        <Note>{t(`gitops.limitedTo.${operation.limitedTo}`)}</Note>
      )}
      {props.message && operation.message && <Note>{operation.message}</Note>}
    </Stack>
  );
}
