import { useText } from '../translation';
import { errorKind, writtenBy } from './errorWords';
import { Stack } from './layout';
import { refusalWords } from './refusalWords';
import { Note } from './Note';
import { Status } from './Status';

/** Why what was asked for was not done: in the backend's words where it wrote some. */
export function Refusal(props: {
  error: Error;
  /** Labels of fields by the names that the API gives them. */
  fields?: Partial<Record<string, string>>;
}) {
  const t = useText();
  const kind = errorKind(props.error);
  const written = writtenBy(props.error);
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
        <Note>
          {written === undefined
            ? t(`kit.error.${kind}.text`)
            : refusalWords({ written, fields: props.fields })}
        </Note>
      </Stack>
    </div>
  );
}
