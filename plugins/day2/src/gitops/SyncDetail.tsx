import { useText } from '../translation';
import { AgoText, Note } from '../ui';

/** Which applications make a state what it is, and of when it is. */
export function SyncDetail(props: {
  of: { state: string; detail?: string; at?: string };
}) {
  const t = useText();
  const { at, detail, state } = props.of;
  if (!detail && !at) {
    return null;
  }
  // Of what is not observed the instant is its beginning, else the last sync.
  const isSince = state === 'unknown';
  return (
    <>
      <Note>
        {detail} {at && !isSince && <AgoText at={at} />}
      </Note>
      {at && isSince && (
        <Note>
          {t('kit.since')} <AgoText at={at} />
        </Note>
      )}
    </>
  );
}
