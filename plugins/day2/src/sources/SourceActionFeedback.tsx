import { useText } from '../translation';
import { ConfirmDialog, ErrorState, Status } from '../ui';
import type { useSourceAction } from './useSourceAction';

/** The question before an action, and what it did after. */
export function SourceActionFeedback(props: {
  control: ReturnType<typeof useSourceAction>;
}) {
  const t = useText();
  const { asked, busy, cancel, confirm, done, failed } = props.control;
  return (
    <>
      <div role="status">{done && <Status wrap tone="ok" word={done} />}</div>
      {failed && <ErrorState error={failed} onRetry={props.control.clear} />}
      {asked && (
        <ConfirmDialog
          title={`${t(`source.action.${asked.action}`)}: ${asked.title}`}
          text={t(`source.will.${asked.action}`)}
          confirm={t(`source.action.${asked.action}`)}
          busy={busy}
          onConfirm={confirm}
          onCancel={cancel}
        />
      )}
    </>
  );
}
