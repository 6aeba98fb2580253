import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './tones';

const useStyles = makeStyles(theme => ({
  note: {
    color: mutedColor(theme),
    fontSize: '0.8125rem',
    lineHeight: 1.45,
    margin: 0,
    overflowWrap: 'break-word',
    minWidth: 0,
  },
}));

/** Text of lesser weight. */
export function Note(props: { children: ReactNode; id?: string }) {
  return (
    <p className={useStyles().note} id={props.id}>
      {props.children}
    </p>
  );
}
