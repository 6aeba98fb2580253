import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack, Status } from '../ui';
import { FileText } from './FileText';

/** What is wrong with an objective's file, and where. */
export function InvalidNote(props: {
  file: ObjectiveRecord['file'];
  invalid: NonNullable<ObjectiveRecord['invalid']>;
}) {
  const t = useText();
  const { path, reason } = props.invalid;
  return (
    <Stack gap="small">
      <Status tone="bad" word={t('objective.invalid')} />
      <Note>
        {reason}
        {path !== '' && `, ${t('objective.invalidAt', { place: path })}`}
      </Note>
      <Note>
        <FileText file={props.file} />
      </Note>
    </Stack>
  );
}
