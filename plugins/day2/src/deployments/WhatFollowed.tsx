import type { Deployment } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack, Subsection, TextButton } from '../ui';
import type { OpenRecord } from '../url';
import { Reasons } from './Reasons';

/** What became of a deployment, and what it put back. */
export function WhatFollowed(props: {
  deployment: Deployment;
  onOpen: (open: OpenRecord) => void;
}) {
  const t = useText();
  const { outcome, nextId, outcomeReasons, previousId, rollback } =
    props.deployment;
  const open = (id: string) => props.onOpen({ kind: 'deployment', id });
  return (
    <Subsection title={t('change.followed')}>
      <Stack gap="medium">
        {outcomeReasons.length > 0 ? (
          <Reasons reasons={outcomeReasons} />
        ) : (
          <Note>
            {outcome === 'ok'
              ? t('change.nothingFollowed')
              : t('change.noReason')}
          </Note>
        )}
        {nextId && (
          <TextButton onClick={() => open(nextId)}>
            {t('change.next')}
          </TextButton>
        )}
        {rollback && (
          <TextButton onClick={() => open(rollback.restoresId)}>
            {t('change.restores')}
          </TextButton>
        )}
        {rollback?.replacesId && (
          <TextButton onClick={() => open(rollback.replacesId!)}>
            {t('change.replaces')}
          </TextButton>
        )}
        {previousId && previousId !== rollback?.replacesId && (
          <TextButton onClick={() => open(previousId)}>
            {t('change.previous')}
          </TextButton>
        )}
      </Stack>
    </Subsection>
  );
}
