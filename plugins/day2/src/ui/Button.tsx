import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import MuiButton from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Hint } from './Hint';
import { Icon, type IconName } from './icons';
import { VisuallyHidden } from './layout';
import { safeHref } from './safeHref';
import { controlLineColor, focusRing, toneColor } from './tones';

const useStyles = makeStyles(theme => ({
  button: {
    textTransform: 'none',
    minHeight: 32,
    minWidth: 32,
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
    borderColor: controlLineColor(theme),
    borderRadius: 6,
    '&:focus-visible': focusRing(theme),
  },
  link: {
    color: toneColor(theme, 'info'),
    textDecoration: 'underline',
    textUnderlineOffset: 2,
    background: 'none',
    border: 0,
    padding: 0,
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    borderRadius: 2,
    overflowWrap: 'break-word',
    maxWidth: '100%',
    '&:focus-visible': focusRing(theme),
  },
}));

interface ButtonProps {
  children: ReactNode;
  onClick: () => void;
  icon?: IconName;
  quiet?: boolean;
  disabled?: boolean;
  expanded?: boolean;
  pressed?: boolean;
  /** Says which one, where the words alone do not. */
  label?: string;
}

/** Does something. */
export function Button(props: ButtonProps) {
  const classes = useStyles();
  return (
    <MuiButton
      className={classes.button}
      size="small"
      variant={props.quiet ? 'text' : 'outlined'}
      onClick={props.onClick}
      disabled={props.disabled}
      aria-label={props.label}
      aria-expanded={props.expanded}
      aria-pressed={props.pressed}
      startIcon={props.icon && <Icon name={props.icon} />}
    >
      {props.children}
    </MuiButton>
  );
}

/** Does something, within a text or a table. */
export function TextButton(props: {
  children: ReactNode;
  onClick: () => void;
  label?: string;
  /** More of it, on hover and focus. */
  hint?: string;
}) {
  const button = (
    <button
      type="button"
      className={useStyles().link}
      onClick={props.onClick}
      aria-label={props.label}
    >
      {props.children}
    </button>
  );
  return props.hint === undefined ? (
    button
  ) : (
    <Hint text={props.hint}>{button}</Hint>
  );
}

/** Leads to another place in the portal, or with `href` outside of it. */
export function TextLink(
  props: {
    children: ReactNode;
    current?: boolean;
    /** More of it, on hover and focus; for links within the portal. */
    hint?: string;
  } & ({ to: string; href?: undefined } | { href: string; to?: undefined }),
) {
  const classes = useStyles();
  const t = useText();
  if (props.to !== undefined) {
    const link = (
      <Link
        className={classes.link}
        to={props.to}
        aria-current={props.current ? 'page' : undefined}
      >
        {props.children}
      </Link>
    );
    return props.hint === undefined ? (
      link
    ) : (
      <Hint text={props.hint}>{link}</Hint>
    );
  }
  const safe = safeHref(props.href);
  if (safe === undefined) {
    return <>{props.children}</>;
  }
  return (
    <a className={classes.link} href={safe} target="_blank" rel="noreferrer">
      {props.children} <Icon name="external" size={14} />
      <VisuallyHidden>{t('kit.newTab')}</VisuallyHidden>
    </a>
  );
}
