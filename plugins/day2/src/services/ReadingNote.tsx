import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Status } from '../ui';

/** So many are named. */
const NAMED = 3;

/** That a past is still being read, so that what is shown is not all there was. */
export function ReadingNote(props: { sources?: SourcesStanding }) {
  const t = useText();
  const { reading = [] } = props.sources ?? {};
  if (reading.length === 0) {
    return null;
  }
  const titles = reading.slice(0, NAMED).join(', ');
  return (
    <div role="status">
      <Status
        wrap
        tone="attention"
        word={t('source.stillRead', {
          count: reading.length,
          titles: reading.length > NAMED ? `${titles}, …` : titles,
        })}
      />
    </div>
  );
}
