import { useId, type ReactNode } from 'react';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Button } from './Button';
import { Stack } from './layout';
import { Note } from './Note';
import { Refusal } from './Refusal';

const useStyles = makeStyles({
  title: { margin: '0 0 8px', fontSize: '1.125rem', fontWeight: 600 },
  // In line with what is above.
  actions: { padding: '8px 24px 20px' },
});

interface ConfirmDialogProps {
  title: string;
  /** What it will do. */
  text: string;
  confirm: string;
  busy?: boolean;
  /** Fields to fill in. */
  children?: ReactNode;
  /** What is filled in is not enough yet. */
  incomplete?: boolean;
  /** Why it was not done when it was asked for last. */
  failed?: Error;
  /** Labels of what is filled in, by the names that the API gives them. */
  fields?: Partial<Record<string, string>>;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what an action will do before it does it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const classes = useStyles();
  const t = useText();
  const titleId = useId();
  const textId = useId();
  return (
    <Dialog
      open
      onClose={props.onCancel}
      transitionDuration={0}
      aria-labelledby={titleId}
      aria-describedby={textId}
    >
      <DialogContent>
        <h2 className={classes.title} id={titleId}>
          {props.title}
        </h2>
        <Stack>
          <Note id={textId}>{props.text}</Note>
          {props.children}
          {props.failed && (
            <Refusal error={props.failed} fields={props.fields} />
          )}
        </Stack>
      </DialogContent>
      <DialogActions className={classes.actions}>
        <Button quiet onClick={props.onCancel}>
          {t(props.failed ? 'kit.close' : 'kit.cancel')}
        </Button>
        <Button
          onClick={props.onConfirm}
          disabled={props.busy || props.incomplete}
        >
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
