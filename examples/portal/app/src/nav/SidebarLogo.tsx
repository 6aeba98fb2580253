import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Logo } from '../logo';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    minHeight: 2 * sidebarConfig.logoHeight,
    paddingLeft: (sidebarConfig.drawerWidthClosed - 32) / 2,
    color: '#fff',
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    color: 'inherit',
  },
  name: {
    marginLeft: 14,
    fontSize: 22,
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
});

/** The sign, and the name where the sidebar is open. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();

  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label="Day 2, to the catalog"
      >
        <Logo size={32} />
        {isOpen && <span className={classes.name}>Day 2</span>}
      </Link>
    </div>
  );
}
