import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Typography from '@material-ui/core/Typography';
import { SignInChoice } from './readSignInChoices';
import { SignInFrame } from './SignInFrame';

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
  if (choices.length === 0) {
    return (
      <SignInFrame title={title}>
        <Typography>
          No sign-in is configured. List people in
          auth.providers.sandboxPeople.people for a try-out, or replace the
          portal's sign-in page with that of your identity provider.
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
        this page is for development only.
      </Typography>
      <List aria-labelledby="sign-in-as">
        {choices.map(choice => (
          <li key={choice.id}>
            <ListItem
              button
              component="button"
              style={{ width: '100%' }}
              onClick={() => onChoose(choice)}
            >
              <ListItemText
                primary={choice.displayName}
                secondary={choice.description}
              />
            </ListItem>
          </li>
        ))}
      </List>
    </SignInFrame>
  );
}
