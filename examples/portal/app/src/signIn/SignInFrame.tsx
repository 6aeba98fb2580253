import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { Logo } from '../logo';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: theme.spacing(6, 2),
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'flex-start',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.default,
  },
  paper: {
    width: '100%',
    maxWidth: 480,
    padding: theme.spacing(4),
  },
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(2),
  },
}));

/** The page around whatever the sign-in page says. */
export function SignInFrame({
  title,
  children,
}: {
  title: string;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <main className={classes.root}>
      <Paper className={classes.paper}>
        <Typography variant="h4" component="h1" className={classes.title}>
          <Logo size={40} />
          {title}
        </Typography>
        {children}
      </Paper>
    </main>
  );
}
