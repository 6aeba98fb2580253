import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { toneColor, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  chip: {
    display: 'inline-block',
    padding: '1px 8px',
    borderRadius: 10,
    fontSize: '0.75rem',
    lineHeight: 1.5,
    whiteSpace: 'nowrap',
    border: '1px solid currentColor',
    color: (props: { tone: Tone }) => toneColor(theme, props.tone),
  },
}));

/** A short word that marks something. */
export function Chip(props: { children: ReactNode; tone?: Tone }) {
  const classes = useStyles({ tone: props.tone ?? 'neutral' });
  return <span className={classes.chip}>{props.children}</span>;
}
