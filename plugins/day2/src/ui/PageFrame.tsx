import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  frame: {
    padding: theme.spacing(0, 3, 3),
    [theme.breakpoints.down('xs')]: {
      padding: theme.spacing(0, 1.5, 1.5),
    },
  },
}));

/** Room around a page's content, where the portal gives none. */
export function PageFrame(props: { children: ReactNode }) {
  return <div className={useStyles().frame}>{props.children}</div>;
}
