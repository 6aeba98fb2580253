import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  title: {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
});

/** The heading of a tab or page, below the portal's own. */
export function PageHeading(props: { children: ReactNode }) {
  return <h2 className={useStyles().title}>{props.children}</h2>;
}
