import { useId, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Columns, Hint, Stack } from '../ui';
import { lineColor, mutedColor } from '../ui/tones';
import { FigureSummary } from './FigureSummary';
import type { FigureRef } from './figureRef';
import { metrics } from './metrics';

const useStyles = makeStyles(theme => ({
  tile: {
    border: `1px solid ${lineColor(theme)}`,
    borderRadius: 8,
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
  },
  title: {
    margin: 0,
    fontSize: '0.8125rem',
    fontWeight: 600,
    color: mutedColor(theme),
  },
}));

/** The figures of one group or service, a tile each, within a panel. */
export function FigureTiles(props: {
  row: ScoreboardRow;
  onOpen?: (figure: FigureRef) => void;
  linkTo?: (figure: FigureRef) => string;
}) {
  const t = useText();
  const { linkTo, onOpen, row } = props;
  return (
    <Columns width={165}>
      {metrics.map(metric => {
        const figure = row.figures.find(one => one.metric === metric);
        const ref = { metric, grouping: row.grouping, ref: row.ref };
        return (
          figure && (
            <Tile
              key={metric}
              title={t(`delivery.metric.${metric}`)}
              meaning={t(`delivery.means.${metric}`)}
            >
              <FigureSummary
                figure={figure}
                title={row.title}
                to={linkTo?.(ref)}
                onOpen={onOpen && (() => onOpen(ref))}
              />
            </Tile>
          )
        );
      })}
    </Columns>
  );
}

// No TilePanel: the panel around these says once how old they all are.
function Tile(props: { title: string; meaning: string; children: ReactNode }) {
  const classes = useStyles();
  const id = useId();
  return (
    <section className={classes.tile} aria-labelledby={id}>
      <Stack gap="small">
        <h3 className={classes.title} id={id}>
          <Hint text={props.meaning}>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <span tabIndex={0}>{props.title}</span>
          </Hint>
        </h3>
        {props.children}
      </Stack>
    </section>
  );
}
