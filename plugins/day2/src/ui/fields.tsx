import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { longestText } from '../url';
import { controlLineColor, focusRing, mutedColor, washColor } from './tones';

const useStyles = makeStyles(theme => ({
  field: { display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 },
  label: { fontSize: '0.75rem', color: mutedColor(theme) },
  control: {
    font: 'inherit',
    fontSize: '0.875rem',
    minHeight: 34,
    maxWidth: '100%',
    boxSizing: 'border-box',
    padding: '4px 8px',
    borderRadius: 6,
    border: `1px solid ${controlLineColor(theme)}`,
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    colorScheme: theme.palette.type,
    '&:focus-visible': focusRing(theme),
  },
  check: {
    width: 18,
    height: 18,
    margin: 3,
    colorScheme: theme.palette.type,
    '&:focus-visible': focusRing(theme),
  },
  checkLabel: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    fontSize: '0.875rem',
  },
  toggle: { display: 'inline-flex', border: 0, padding: 0, margin: 0 },
  option: {
    font: 'inherit',
    fontSize: '0.875rem',
    minHeight: 34,
    padding: '4px 10px',
    cursor: 'pointer',
    border: `1px solid ${controlLineColor(theme)}`,
    background: 'transparent',
    color: theme.palette.text.primary,
    '&[aria-pressed="true"]': {
      background: washColor(theme),
      fontWeight: 600,
      boxShadow: `inset 0 -2px 0 ${theme.palette.text.primary}`,
    },
    '&:first-of-type': { borderRadius: '6px 0 0 6px' },
    '&:last-of-type': { borderRadius: '0 6px 6px 0' },
    '& + &': { borderLeft: 0 },
    '&:focus-visible': focusRing(theme),
  },
}));

interface ChoiceProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of several, from a list. Native: best for keyboard and telephone. */
export function SelectField(props: ChoiceProps) {
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {props.label}
      </label>
      <select
        id={id}
        className={classes.control}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      >
        {props.options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of two or three, side by side. */
export function ToggleField(props: ChoiceProps) {
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.field}>
      <span className={classes.label} id={id}>
        {props.label}
      </span>
      <div className={classes.toggle} role="group" aria-labelledby={id}>
        {props.options.map(option => (
          <button
            key={option.value}
            type="button"
            className={classes.option}
            aria-pressed={option.value === props.value}
            onClick={() => props.onChange(option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}

/** A line of text, an instant of the reader's clock, or words to look for. */
export function InputField(props: {
  label: string;
  value: string;
  type?: 'search' | 'datetime-local';
  /** Characters that are taken; as many as words to look for where absent. */
  longest?: number;
  /** An instant to the second; to the minute where absent. */
  seconds?: boolean;
  disabled?: boolean;
  onChange: (value: string) => void;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        type={props.type ?? 'text'}
        step={props.seconds ? 1 : undefined}
        className={classes.control}
        value={props.value}
        disabled={props.disabled}
        maxLength={
          props.type === 'datetime-local'
            ? undefined
            : props.longest ?? longestText
        }
        onChange={event => props.onChange(event.target.value)}
      />
    </div>
  );
}

/** Some lines of text. */
export function TextField(props: {
  label: string;
  value: string;
  longest: number;
  onChange: (value: string) => void;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        rows={2}
        className={classes.control}
        value={props.value}
        maxLength={props.longest}
        onChange={event => props.onChange(event.target.value)}
      />
    </div>
  );
}

/** Yes or no. */
export function CheckField(props: {
  label: string;
  /** It says which one to readers alone: what it belongs to stands beside it. */
  labelHidden?: boolean;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const classes = useStyles();
  const box = (
    <input
      type="checkbox"
      className={classes.check}
      aria-label={props.labelHidden ? props.label : undefined}
      checked={props.checked}
      disabled={props.disabled}
      onChange={event => props.onChange(event.target.checked)}
    />
  );
  return props.labelHidden ? (
    box
  ) : (
    <label className={classes.checkLabel}>
      {box} {props.label}
    </label>
  );
}
