import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, CopyButton, Note, Row } from '../ui';

/** Where a source takes what its tool sends, and what came of that. */
export function WebhookNote(props: {
  webhook: NonNullable<SourceStatus['webhook']>;
}) {
  const t = useText();
  const { lastAt, path, turnedAway, waiting } = props.webhook;
  return (
    <>
      <Row gap="small">
        <Note>
          {t('source.webhook')}{' '}
          <code style={{ overflowWrap: 'anywhere' }}>{path}</code>
        </Note>
        <CopyButton quiet text={path} label={t('source.webhook')} />
      </Row>
      <Note>
        {lastAt ? (
          <>
            {t('source.lastDelivery')} <AgoText at={lastAt} />
          </>
        ) : (
          t('source.noDelivery')
        )}
        {waiting > 0 && ` · ${t('source.waiting', { count: waiting })}`}
      </Note>
      {turnedAway && (
        <Note>
          {t('source.turnedAway', { count: turnedAway.count })}{' '}
          <AgoText at={turnedAway.lastAt} />
        </Note>
      )}
    </>
  );
}
