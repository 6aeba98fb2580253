import { useId, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { lineColor } from './tones';
import { Row, Stack } from './layout';

const useStyles = makeStyles(theme => ({
  panel: {
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    padding: theme.spacing(2),
    minWidth: 0,
  },
  title: { margin: 0, fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
}));

interface PanelProps {
  title: ReactNode;
  /** Rank of the heading; 2 where absent. */
  level?: 2 | 3;
  /** Beside the title: filters, `as of`. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A white box with a heading. */
export function Panel(props: PanelProps) {
  const classes = useStyles();
  const id = useId();
  const Heading = `h${props.level ?? 2}` as const;
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <Stack>
        <Row spread>
          <Heading className={classes.title} id={id}>
            {props.title}
          </Heading>
          {props.aside}
        </Row>
        {props.children}
      </Stack>
    </section>
  );
}
