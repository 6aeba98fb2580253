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
  return (
    <Note>
      {detail}
      {at && (
        <>
          {/* Of what is not observed it is the beginning, else the last sync. */}
          {state === 'unknown' ? ` · ${t('kit.since')} ` : ' '}
          <AgoText at={at} />
        </>
      )}
    </Note>
  );
}
