import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { SignInFrame } from './SignInFrame';

/** Why nobody is signed in, and the two ways on. */
export function SignInError({
  error,
  onRetry,
  onBack,
}: {
  error?: Error;
  onRetry(): void;
  onBack(): void;
}) {
  const title = useApi(configApiRef).getOptionalString('app.title') ?? 'Day 2';
  return (
    <SignInFrame title={title}>
      <div role="alert">
        <Typography variant="h6" component="h2">
          Signing in failed
        </Typography>
        <Typography paragraph>
          {error?.message ?? 'The backend gave no reason.'}
        </Typography>
      </div>
      <Button variant="contained" color="primary" onClick={onRetry} autoFocus>
        Try again
      </Button>{' '}
      <Button onClick={onBack}>Choose someone else</Button>
    </SignInFrame>
  );
}
