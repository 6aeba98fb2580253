import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Button } from './Button';
import { LiveRegion, Row } from './layout';
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
  const t = useText();
  const [said, setSaid] = useState('');
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(props.text))
      .then(
        () => setSaid(t('kit.copied')),
        () => setSaid(t('kit.copyFailed')),
      );
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
      <Button
        icon="copy"
        onClick={copy}
        label={`${t('kit.copy')}: ${props.label}`}
      >
        {said || t('kit.copy')}
      </Button>
      <LiveRegion>{said}</LiveRegion>
    </Row>
  );
}
