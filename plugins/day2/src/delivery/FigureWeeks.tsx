import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Subsection } from '../ui';
import { WeekTable } from './WeekTable';
import { WeekTrend } from './WeekTrend';

/** A figure by week of a zone, as a line and as a table. */
export function FigureWeeks(props: {
  trend: DeliveryFigure['trend'];
  zone: string;
}) {
  const t = useText();
  const { trend, zone } = props;
  if (!trend || trend.length === 0) {
    return null;
  }
  return (
    <Subsection title={t('delivery.byWeek')}>
      <Note>{t('delivery.weeksMeaning', { zone })}</Note>
      <WeekTrend trend={trend} width={480} height={72} />
      <WeekTable trend={trend} zone={zone} />
    </Subsection>
  );
}
