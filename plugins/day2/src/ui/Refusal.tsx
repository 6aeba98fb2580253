import { useText } from '../translation';
import { errorKind, writtenBy } from './errorWords';
import { Stack } from './layout';
import { Note } from './Note';
import { Status } from './Status';

/** Why what was asked for was not done: in the backend's words where it wrote some. */
export function Refusal(props: { error: Error }) {
  const t = useText();
  const kind = errorKind(props.error);
  const isForbidden = kind === 'forbidden';
  return (
    <div role="alert">
      <Stack gap="medium">
        <Status
          wrap
          tone={isForbidden ? 'attention' : 'bad'}
          icon={isForbidden ? 'blocked' : undefined}
          word={t(`kit.refused.${kind}`)}
        />
        <Note>{writtenBy(props.error) ?? t(`kit.error.${kind}.text`)}</Note>
      </Stack>
    </div>
  );
}
