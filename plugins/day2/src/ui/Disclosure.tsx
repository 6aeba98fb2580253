import { useState, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Button } from './Button';
import type { IconName } from './icons';
import { lineColor } from './tones';

const useStyles = makeStyles(theme => ({
  content: {
    marginTop: theme.spacing(1),
    padding: theme.spacing(1.5),
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    background: theme.palette.background.paper,
  },
}));

/** A line that opens to say more. */
export function Disclosure(props: {
  summary: string;
  icon?: IconName;
  children: ReactNode;
}) {
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        quiet
        icon={props.icon}
        expanded={open}
        onClick={() => setOpen(!open)}
      >
        {props.summary}
      </Button>
      {open && <div className={classes.content}>{props.children}</div>}
    </div>
  );
}
