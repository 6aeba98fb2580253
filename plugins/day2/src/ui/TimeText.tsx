import { makeStyles } from '@material-ui/core/styles';
import { durationWords, formatInstant, useNow } from '../time';
import { useText } from '../translation';
import { Hint } from './Hint';
import { focusRing } from './tones';

const useStyles = makeStyles(theme => ({
  time: {
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    borderRadius: 2,
    '&:focus-visible': focusRing(theme),
  },
}));

/** An instant in the reader's zone; its exact UTC on hover and on focus. */
export function TimeText(props: {
  at: string;
  /** Others in the same minute stand beside it. */
  seconds?: boolean;
}) {
  const classes = useStyles();
  const { local, utc } = formatInstant(props);
  return (
    <Hint text={utc}>
      {/* Focusable, so that the exact time is there without a pointer too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <time dateTime={props.at} tabIndex={0} className={classes.time}>
        {local}
      </time>
    </Hint>
  );
}

/** How long ago an instant was, kept current. */
export function AgoText(props: { at: string }) {
  const classes = useStyles();
  const t = useText();
  const now = useNow();
  const { local, utc } = formatInstant({ at: props.at });
  const span = Math.max(0, now - Date.parse(props.at));
  return (
    <Hint text={`${local} · ${utc}`}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <time dateTime={props.at} tabIndex={0} className={classes.time}>
        {t('kit.ago', { span: durationWords(span) })}
      </time>
    </Hint>
  );
}
