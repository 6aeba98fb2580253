import type { ReactNode } from 'react';
import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, Chip, Note, Row, Stack, StateChip } from '../ui';
import { syncLook } from './stateLook';
import { useSyncWord } from './useSyncWord';

/** Desired against live in one word, with what sets it apart and why. */
export function SyncChips(props: {
  application: ApplicationState;
  /** The reasons too. */
  reasons?: boolean;
}) {
  const { application } = props;
  const t = useText();
  const word = useSyncWord();
  return (
    <Stack gap="small">
      <Row gap="small">
        <StateChip
          {...syncLook[application.sync]}
          word={word(application.sync)}
        />
        {application.failing && <Chip tone="bad">{t('gitops.failing')}</Chip>}
        {application.pruneOnly && <Chip>{t('gitops.pruneOnly')}</Chip>}
      </Row>
      {application.stale && <NotRead asOf={application.asOf} />}
      {props.reasons &&
        application.syncReasons.map(({ code, text }) => (
          <Note key={code}>{text}</Note>
        ))}
    </Stack>
  );
}

/** Since when what is shown was not read. */
export function NotRead(props: { asOf?: string }) {
  const t = useText();
  return (
    <StateLine>
      {props.asOf === undefined ? (
        t('gitops.neverRead')
      ) : (
        <>
          {t('gitops.notReadSince')} <AgoText at={props.asOf} />
        </>
      )}
    </StateLine>
  );
}

function StateLine(props: { children: ReactNode }) {
  const t = useText();
  return (
    <Row gap="small">
      <StateChip tone="attention" icon="old" word={t('kit.staleWord')} />
      <Note>{props.children}</Note>
    </Row>
  );
}
