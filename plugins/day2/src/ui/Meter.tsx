import { makeStyles } from '@material-ui/core/styles';
import { controlLineColor, toneColor, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  track: {
    height: 10,
    borderRadius: 5,
    border: `1px solid ${controlLineColor(theme)}`,
    overflow: 'hidden',
    minWidth: 80,
    maxWidth: 320,
  },
  level: (props: { tone: Tone }) => ({
    height: '100%',
    background: toneColor(theme, props.tone),
  }),
}));

/** How full something is. The figure stands beside it: a bar alone says little. */
export function Meter(props: {
  label: string;
  /** From 0 to 1; what is beyond is drawn as the end it is beyond. */
  share: number;
  /** The share in words, which may be beyond what the bar shows. */
  words: string;
  tone: Tone;
}) {
  const classes = useStyles({ tone: props.tone });
  const share = Math.max(0, Math.min(1, props.share));
  return (
    <div
      className={classes.track}
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={props.words}
    >
      <div className={classes.level} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
