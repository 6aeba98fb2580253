import { useId, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { lineColor, mutedColor } from './tones';
import { Stack } from './layout';

const useStyles = makeStyles(theme => ({
  tile: {
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
  },
  quiet: { background: 'transparent', borderStyle: 'dashed' },
  title: {
    margin: 0,
    fontSize: '0.8125rem',
    fontWeight: 600,
    color: mutedColor(theme),
  },
}));

/** A small panel; a quiet one has nothing to say and does not shout it. */
export function TilePanel(props: {
  title: ReactNode;
  quiet?: boolean;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <section
      className={`${classes.tile} ${props.quiet ? classes.quiet : ''}`}
      aria-labelledby={id}
    >
      <Stack gap="small">
        <h3 className={classes.title} id={id}>
          {props.title}
        </h3>
        {props.children}
      </Stack>
    </section>
  );
}
