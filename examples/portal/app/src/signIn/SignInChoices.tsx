import ButtonBase from '@material-ui/core/ButtonBase';
import List from '@material-ui/core/List';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { SignInChoice } from './readSignInChoices';
import { SignInFrame } from './SignInFrame';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(1, -2, 0),
  },
  choice: {
    width: '100%',
    justifyContent: 'flex-start',
    textAlign: 'left',
    padding: theme.spacing(1, 2),
    '&:hover': { backgroundColor: theme.palette.action.hover },
    borderRadius: theme.shape.borderRadius,
  },
  focused: {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
}));

/** The people one may sign in as, each a button with role and team in words. */
export function SignInChoices({
  title,
  choices,
  onChoose,
}: {
  title: string;
  choices: SignInChoice[];
  onChoose(choice: SignInChoice): void;
}) {
  const classes = useStyles();
  if (choices.length === 0) {
    return (
      <SignInFrame title={title}>
        <Typography>
          No sign-in is configured. Put the sign-in page of your identity
          provider in the place of this one; for a try-out set
          portal.signIn.sandbox to true.
        </Typography>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={title}>
      <Typography id="sign-in-as" variant="h6" component="h2">
        Sign in as
      </Typography>
      <Typography color="textSecondary">
        These are the people of the simulated company. There are no passwords:
        this page is for trying things out only.
      </Typography>
      <List aria-labelledby="sign-in-as" className={classes.list}>
        {choices.map(choice => (
          <li key={choice.id}>
            <ButtonBase
              className={classes.choice}
              focusVisibleClassName={classes.focused}
              onClick={() => onChoose(choice)}
            >
              <span>
                <Typography component="span" display="block">
                  {choice.displayName}
                </Typography>
                <Typography
                  component="span"
                  display="block"
                  variant="body2"
                  color="textSecondary"
                >
                  {choice.description}
                </Typography>
              </span>
            </ButtonBase>
          </li>
        ))}
      </List>
    </SignInFrame>
  );
}
