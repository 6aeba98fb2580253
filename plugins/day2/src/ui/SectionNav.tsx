import { Link } from 'react-router-dom';
import { makeStyles } from '@material-ui/core/styles';
import { focusRing, lineColor, mutedColor } from './tones';

const useStyles = makeStyles(theme => ({
  nav: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    borderBottom: `1px solid ${lineColor(theme)}`,
  },
  link: {
    padding: '6px 2px',
    textDecoration: 'none',
    color: mutedColor(theme),
    borderBottom: '2px solid transparent',
    '&[aria-current]': {
      color: theme.palette.text.primary,
      borderBottomColor: theme.palette.text.primary,
      fontWeight: 600,
    },
    '&:hover': { color: theme.palette.text.primary },
    '&:focus-visible': focusRing(theme),
  },
}));

interface SectionNavProps {
  label: string;
  items: { to: string; label: string; current: boolean }[];
}

/** The sections of a page, as links. */
export function SectionNav(props: SectionNavProps) {
  const classes = useStyles();
  return (
    <nav aria-label={props.label} className={classes.nav}>
      {props.items.map(item => (
        <Link
          key={item.label}
          className={classes.link}
          to={item.to}
          aria-current={item.current ? 'page' : undefined}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
