import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from './CopyButton';
import { Row } from './layout';
import { focusRing, lineColor, washColor } from './tones';

const useStyles = makeStyles(theme => ({
  code: {
    margin: 0,
    padding: '6px 10px',
    flex: '1 1 200px',
    minWidth: 0,
    overflowX: 'auto',
    borderRadius: 6,
    border: `1px solid ${lineColor(theme)}`,
    background: washColor(theme),
    fontSize: '0.8125rem',
    '&:focus-visible': focusRing(theme),
  },
}));

/** A text to take along. */
export function Copyable(props: { text: string; label: string }) {
  const classes = useStyles();
  return (
    <Row align="start">
      {/* A code box that can scroll must be reachable by keyboard. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <pre
        className={classes.code}
        tabIndex={0}
        role="region"
        aria-label={props.label}
      >
        {props.text}
      </pre>
      <CopyButton text={props.text} label={props.label} />
    </Row>
  );
}
