import { useText } from '../translation';
import { Button } from './Button';
import { errorKind, writtenBy, type ErrorKind } from './errorWords';
import { Stack } from './layout';
import { Note } from './Note';
import { Status } from './Status';

// Of these the backend's own words say more than the kind does.
const telling: ErrorKind[] = ['bad-request', 'other', 'server'];

/** A failure in plain words, and a way to try again. */
export function ErrorState(props: { error: Error; onRetry: () => void }) {
  const t = useText();
  const kind = errorKind(props.error);
  const detail =
    telling.includes(kind) && (writtenBy(props.error) ?? props.error.message);
  return (
    <div role="alert">
      <Stack gap="medium">
        <Status
          wrap
          tone={kind === 'forbidden' ? 'attention' : 'bad'}
          icon={kind === 'forbidden' ? 'blocked' : undefined}
          word={t(`kit.error.${kind}.title`)}
        />
        <Note>{t(`kit.error.${kind}.text`)}</Note>
        {detail && <Note>{detail}</Note>}
        <div>
          <Button icon="refresh" onClick={props.onRetry}>
            {t('kit.retry')}
          </Button>
        </div>
      </Stack>
    </div>
  );
}
