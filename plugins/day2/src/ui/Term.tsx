import { makeStyles } from '@material-ui/core/styles';
import { useWords, type TermId } from '../vocabulary';
import { Hint } from './Hint';
import { focusRing } from './tones';

const useStyles = makeStyles(theme => ({
  term: {
    borderBottom: '1px dotted currentColor',
    cursor: 'help',
    borderRadius: 2,
    '&:focus-visible': focusRing(theme),
  },
}));

/** A word of the chosen language, explained in the other on hover and focus. */
export function Term(props: { id: TermId; plural?: boolean }) {
  const classes = useStyles();
  const { word, explain } = useWords();
  return (
    <Hint text={explain(props.id)}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span tabIndex={0} className={classes.term}>
        {word(props.id, { plural: props.plural })}
      </span>
    </Hint>
  );
}
