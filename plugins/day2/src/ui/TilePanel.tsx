import { useId, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { lineColor, mutedColor, staleColor } from './tones';
import { AsOf } from './AsOf';
import { Row, Stack } from './layout';
import { Greyed, useStale } from './StaleScope';

const useStyles = makeStyles(theme => ({
  tile: {
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
    '&[data-stale]': { background: staleColor(theme) },
  },
  quiet: { background: 'transparent', borderStyle: 'dashed' },
  title: {
    margin: 0,
    fontSize: '0.8125rem',
    fontWeight: 600,
    color: mutedColor(theme),
  },
}));

/**
 * A small panel; a quiet one has nothing to say and does not shout it. Where
 * what it shows is not current it is grey and says how old it is.
 */
export function TilePanel(props: {
  title: ReactNode;
  quiet?: boolean;
  asOf?: string;
  /** Why it is not current. */
  why?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  const stale = useStale() && !props.quiet;
  return (
    <section
      className={`${classes.tile} ${props.quiet ? classes.quiet : ''}`}
      aria-labelledby={id}
      data-stale={stale || undefined}
    >
      <Stack gap="small">
        <h3 className={classes.title} id={id}>
          {props.title}
        </h3>
        {stale && (
          <Row gap="small">
            <AsOf at={props.asOf} />
            {props.why}
          </Row>
        )}
        <Greyed when={stale}>
          <Stack gap="small">{props.children}</Stack>
        </Greyed>
      </Stack>
    </section>
  );
}
