import { useEffect, useId, useRef, type ReactNode } from 'react';
import MuiDrawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Button } from './Button';
import { Row, Stack } from './layout';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(640px, 100vw)',
    padding: theme.spacing(3),
    boxSizing: 'border-box',
    background: theme.palette.background.paper,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  title: {
    margin: 0,
    fontSize: '1.125rem',
    lineHeight: 1.35,
    fontWeight: 600,
    flex: '1 1 200px',
    overflowWrap: 'anywhere',
  },
}));

interface DrawerProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A record beside the page. The keyboard's focus moves into it, stays there,
 * and returns to where it was when the drawer closes.
 */
export function Drawer(props: DrawerProps) {
  const classes = useStyles();
  const t = useText();
  const id = useId();
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const before = opener.current;
    return () => {
      // After the drawer is gone: its own trap would take the focus back.
      setTimeout(() => {
        if (before instanceof HTMLElement || before instanceof SVGElement) {
          before.focus();
        }
      });
    };
  }, []);
  return (
    <MuiDrawer
      anchor="right"
      open
      onClose={props.onClose}
      transitionDuration={0}
      disableRestoreFocus
      classes={{ paper: classes.paper }}
      PaperProps={
        { role: 'dialog', 'aria-modal': true, 'aria-labelledby': id } as object
      }
    >
      <Stack>
        <Row align="start" spread>
          <h2 className={classes.title} id={id}>
            {props.title}
          </h2>
          <Button icon="close" onClick={props.onClose}>
            {t('kit.close')}
          </Button>
        </Row>
        {props.children}
      </Stack>
    </MuiDrawer>
  );
}
