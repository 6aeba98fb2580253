import { makeStyles } from '@material-ui/core/styles';
import { controlLineColor, toneColor } from './tones';

const useStyles = makeStyles(theme => ({
  track: {
    height: 8,
    borderRadius: 4,
    border: `1px solid ${controlLineColor(theme)}`,
    overflow: 'hidden',
    minWidth: 80,
  },
  done: { height: '100%', background: toneColor(theme, 'info') },
}));

/** How far long work has come; with no total it only says that it is under way. */
export function ProgressBar(props: {
  label: string;
  done: number;
  total?: number;
}) {
  const classes = useStyles();
  const { done, total } = props;
  const share =
    total !== undefined && total > 0 ? Math.min(1, done / total) : undefined;
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.floor(share * 100)}
    >
      <div
        className={classes.done}
        style={{ width: `${(share ?? 0.1) * 100}%` }}
      />
    </div>
  );
}
