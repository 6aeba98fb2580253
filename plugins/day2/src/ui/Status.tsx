import { makeStyles } from '@material-ui/core/styles';
import { Icon, type IconName } from './icons';
import { toneColor, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  status: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    fontWeight: 600,
    color: (props: { tone: Tone; wrap?: boolean }) =>
      toneColor(theme, props.tone),
    whiteSpace: (props: { tone: Tone; wrap?: boolean }) =>
      props.wrap ? 'normal' : 'nowrap',
  },
}));

/** A status: colour, icon and word, always the three. */
export function Status(props: {
  tone: Tone;
  word: string;
  icon?: IconName;
  /** A sentence rather than a word: it may take several lines. */
  wrap?: boolean;
}) {
  const classes = useStyles({ tone: props.tone, wrap: props.wrap });
  return (
    <span className={classes.status}>
      <Icon name={props.icon ?? props.tone} />
      {props.word}
    </span>
  );
}
