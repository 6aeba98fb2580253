import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  frame: {
    padding: theme.spacing(3),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.5) },
  },
}));

/** Room around a page's content, where the portal gives none. */
export function PageFrame(props: { children: ReactNode }) {
  return <div className={useStyles().frame}>{props.children}</div>;
}
