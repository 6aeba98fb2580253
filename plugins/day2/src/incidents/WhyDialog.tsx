import { useState } from 'react';
import { ConfirmDialog } from '../ui';
import type { IncidentAction } from './useIncidentAction';
import { WhyField } from './WhyField';

/** Asks for nothing but why. */
export function WhyDialog(props: {
  title: string;
  text: string;
  confirm: string;
  busy: boolean;
  failed?: Error;
  action: (why: string | undefined) => IncidentAction;
  onAct: (action: IncidentAction) => void;
  onCancel: () => void;
}) {
  const [why, setWhy] = useState('');
  return (
    <ConfirmDialog
      title={props.title}
      text={props.text}
      confirm={props.confirm}
      busy={props.busy}
      failed={props.failed}
      onCancel={props.onCancel}
      onConfirm={() => props.onAct(props.action(why.trim() || undefined))}
    >
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
