import { makeStyles } from '@material-ui/core/styles';
import { Icon, type IconName } from './icons';
import { toneColor, toneWash, type Tone } from './tones';

const useStyles = makeStyles(theme => ({
  chip: (props: { tone: Tone }) => ({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    padding: '1px 10px 1px 6px',
    borderRadius: 12,
    border: `1px solid ${toneColor(theme, props.tone)}`,
    background: toneWash(theme, props.tone),
    color: toneColor(theme, props.tone),
    fontSize: '0.8125rem',
    fontWeight: 600,
    lineHeight: 1.6,
    whiteSpace: 'nowrap',
  }),
}));

/** A state that must be seen at a glance: a chip with icon, colour and word. */
export function StateChip(props: {
  tone: Tone;
  word: string;
  icon?: IconName;
}) {
  const classes = useStyles({ tone: props.tone });
  return (
    <span className={classes.chip}>
      <Icon name={props.icon ?? props.tone} size={16} />
      {props.word}
    </span>
  );
}
