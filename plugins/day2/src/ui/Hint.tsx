import type { ReactElement } from 'react';
import Tooltip from '@material-ui/core/Tooltip';

/** More about something, shown to the pointer and to the keyboard's focus. */
export function Hint(props: { text: string; children: ReactElement }) {
  return (
    <Tooltip title={props.text} arrow enterDelay={150} interactive>
      {props.children}
    </Tooltip>
  );
}
