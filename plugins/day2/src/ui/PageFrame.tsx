import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  frame: {
    padding: theme.spacing(0, 3, 3),
    [theme.breakpoints.down('xs')]: {
      padding: theme.spacing(0, 1.5, 1.5),
    },
  },
  // Our tabs stand in the portal's header, whose list of them does not wrap: on
  // a telephone the whole page would scroll sideways, and the last ones be out
  // of sight. These names are the kit's for themes.
  '@global': {
    [theme.breakpoints.down('sm')]: {
      '.bui-PluginHeaderTabsWrapper .bui-TabList': { flexWrap: 'wrap' },
      // The kit's line under the chosen tab is placed below the last row.
      '.bui-PluginHeaderTabsWrapper .bui-TabActive': { display: 'none' },
      '.bui-PluginHeaderTabsWrapper .bui-Tab[data-selected]': {
        textDecoration: 'underline',
        textUnderlineOffset: 8,
      },
    },
  },
}));

/** Room around a page's content, where the portal gives none. */
export function PageFrame(props: { children: ReactNode }) {
  return <div className={useStyles().frame}>{props.children}</div>;
}
