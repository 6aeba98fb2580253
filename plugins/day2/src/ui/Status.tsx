import { makeStyles } from '@material-ui/core/styles';
import { Icon, type IconName } from './icons';
import { toneColor, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  status: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    fontWeight: 600,
    color: (props: { tone: Tone }) => toneColor(theme, props.tone),
  },
}));

/** A status: colour, icon and word, always the three. */
export function Status(props: { tone: Tone; word: string; icon?: IconName }) {
  const classes = useStyles({ tone: props.tone });
  return (
    <span className={classes.status}>
      <Icon name={props.icon ?? props.tone} />
      {props.word}
    </span>
  );
}
