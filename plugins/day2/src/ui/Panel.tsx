import { useId, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { lineColor, staleColor } from './tones';
import { Row, Stack } from './layout';
import { Greyed, StaleScope, useStale } from './StaleScope';

const useStyles = makeStyles(theme => ({
  panel: {
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    padding: theme.spacing(2),
    minWidth: 0,
    '&[data-stale]': {
      background: staleColor(theme),
      // For what sticks within it, such as the heads of tables.
      '--day2-ground': staleColor(theme),
    },
  },
  title: { margin: 0, fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
}));

interface PanelProps {
  title: ReactNode;
  /** Rank of the heading; 2 where absent. */
  level?: 2 | 3;
  /** Beside the title: filters, `as of`. */
  aside?: ReactNode;
  /** Its own content could not be refreshed, which is said and greyed there. */
  stale?: boolean;
  /** What is in it does not age: annotations of the catalog, say. */
  ageless?: boolean;
  children: ReactNode;
}

/** A white box with a heading; grey where what it shows is not current. */
export function Panel(props: PanelProps) {
  const classes = useStyles();
  const id = useId();
  const within = useStale() && !props.ageless;
  const stale = within || Boolean(props.stale);
  const Heading = `h${props.level ?? 2}` as const;
  return (
    <section
      className={classes.panel}
      aria-labelledby={id}
      data-stale={stale || undefined}
    >
      <Stack>
        <Row spread>
          <Heading className={classes.title} id={id}>
            {props.title}
          </Heading>
          <StaleScope stale={stale}>{props.aside}</StaleScope>
        </Row>
        <Greyed when={within}>
          <Stack>{props.children}</Stack>
        </Greyed>
      </Stack>
    </section>
  );
}
