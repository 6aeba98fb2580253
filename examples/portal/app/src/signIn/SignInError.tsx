import { isError } from '@backstage/errors';
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
        <Typography paragraph>{reasonOf(error)}</Typography>
      </div>
      <Button variant="contained" color="primary" onClick={onRetry}>
        Try again
      </Button>{' '}
      <Button onClick={onBack}>Choose someone else</Button>
    </SignInFrame>
  );
}

/** What the backend said; the error around it only says with which status. */
function reasonOf(error?: Error): string {
  if (isAway(error)) {
    return 'The portal’s backend does not answer: it is still starting, or it has stopped. Wait a moment and try again; if that does not help, look at the terminal that npm start runs in.';
  }
  return (
    (isError(error?.cause) ? error.cause.message : error?.message) ??
    'The backend gave no reason.'
  );
}

/** Browsers say this of a request that got no answer, each in its own words. */
function isAway(error?: Error): boolean {
  return [error, error?.cause].some(
    each =>
      isError(each) &&
      each.name === 'TypeError' &&
      /fetch|network|load failed/i.test(each.message),
  );
}
