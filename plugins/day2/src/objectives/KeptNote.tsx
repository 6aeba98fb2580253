import { useText } from '../translation';
import { Note, TimeText } from '../ui';

/** From when on slots are kept, where the time that was chosen begins before it. */
export function KeptNote(props: { keptFrom?: string }) {
  const t = useText();
  const { keptFrom } = props;
  return keptFrom === undefined ? null : (
    <Note>
      {t('objective.chartKeptFrom')} <TimeText at={keptFrom} />
    </Note>
  );
}
