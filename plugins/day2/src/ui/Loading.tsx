import { makeStyles } from '@material-ui/core/styles';
import { VisuallyHidden } from './layout';
import { washColor } from './tones';

const useStyles = makeStyles(theme => ({
  '@keyframes day2Pulse': { '50%': { opacity: 0.45 } },
  bar: {
    height: 16,
    marginBottom: 10,
    borderRadius: 4,
    background: washColor(theme),
    animation: '$day2Pulse 1.6s ease-in-out infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
}));

/** Holds the place of what is on its way. */
export function Loading(props: { what: string; lines?: number }) {
  const classes = useStyles();
  return (
    <div role="status" aria-busy>
      <VisuallyHidden>{props.what}</VisuallyHidden>
      {Array.from({ length: props.lines ?? 3 }, (_, line) => (
        <div
          key={line}
          className={classes.bar}
          style={{ width: `${90 - ((line * 17) % 40)}%` }}
        />
      ))}
    </div>
  );
}
