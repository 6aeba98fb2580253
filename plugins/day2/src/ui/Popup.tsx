import { useId, useState, type ReactNode } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import { Icon, type IconName } from './icons';
import { focusRing, toneColor, toneWash, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  opener: (props: { tone: Tone }) => ({
    display: 'inline-flex',
    gap: 4,
    minHeight: 28,
    padding: '2px 12px 2px 8px',
    borderRadius: 14,
    border: `1px solid ${toneColor(theme, props.tone)}`,
    background: toneWash(theme, props.tone),
    color: toneColor(theme, props.tone),
    font: 'inherit',
    fontSize: '0.875rem',
    fontWeight: 600,
    '&:focus-visible': focusRing(theme),
  }),
  content: {
    maxWidth: 'min(420px, calc(100vw - 32px))',
    padding: theme.spacing(2),
    boxSizing: 'border-box',
  },
}));

/** A chip that says more on a click, over the page: nothing is pushed aside. */
export function Popup(props: {
  summary: string;
  tone: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  const classes = useStyles({ tone: props.tone });
  const id = useId();
  const [anchor, setAnchor] = useState<Element>();
  return (
    <>
      <ButtonBase
        id={id}
        className={classes.opener}
        disableRipple
        aria-haspopup="dialog"
        aria-expanded={anchor !== undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <Icon name={props.icon ?? props.tone} />
        {props.summary}
      </ButtonBase>
      <Popover
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        transitionDuration={0}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        PaperProps={
          { role: 'dialog', 'aria-labelledby': id, tabIndex: -1 } as object
        }
      >
        <div className={classes.content}>{props.children}</div>
      </Popover>
    </>
  );
}
