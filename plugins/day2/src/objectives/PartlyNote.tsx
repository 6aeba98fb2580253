import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, TimeText } from '../ui';
import { chartShapeOf } from './chartShape';

/** What a dashed line is, and from when on it is none. */
export function PartlyNote(props: { chart: ObjectiveChart }) {
  const t = useText();
  const { chart } = props;
  if (!chart.points.some(({ partly }) => partly)) {
    return null;
  }
  const { wholeFrom } = chartShapeOf(chart);
  return (
    <Note>
      {t('objective.chartPartly')}{' '}
      {wholeFrom !== undefined && (
        <>
          {t('objective.chartWholeFrom')}{' '}
          <TimeText at={new Date(wholeFrom).toISOString()} />
        </>
      )}
    </Note>
  );
}
