import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { TextLink } from '../ui';

/** The file that an objective is written in, and the line. */
export function FileText(props: { file: ObjectiveRecord['file'] }) {
  const t = useText();
  const { line, path, url } = props.file;
  const words =
    line === undefined
      ? path
      : t('objective.fileLine', { path, line: String(line) });
  return url ? <TextLink href={url}>{words}</TextLink> : <>{words}</>;
}
