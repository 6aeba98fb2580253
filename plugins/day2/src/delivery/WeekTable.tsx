import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { DateTime } from 'luxon';
import { useText } from '../translation';
import { DataTable, Note, Row } from '../ui';
import { figureSentence } from './figureValue';

/** A figure by ISO week, newest first: what the line beside it draws. */
export function WeekTable(props: {
  trend: NonNullable<DeliveryFigure['trend']>;
  zone: string;
}) {
  const t = useText();
  const { zone } = props;
  return (
    <DataTable
      caption={t('delivery.byWeek')}
      captionHidden
      plain
      maxHeight={240}
      rows={[...props.trend].reverse()}
      rowId={row => row.week}
      columns={[
        {
          header: t('delivery.week'),
          cell: row => (
            <Row gap="small">
              <span>{row.week}</span>
              <Note>{weekDays({ ...row, zone })}</Note>
              {!row.whole && <Note>{t('delivery.partWeek')}</Note>}
            </Row>
          ),
        },
        {
          header: t('delivery.value'),
          numeric: true,
          cell: row => figureSentence(t, row.figure),
        },
        {
          header: t('delivery.n'),
          numeric: true,
          cell: row => row.figure.n,
        },
      ]}
    />
  );
}

/** The first and last day of a week, or of the part of it in the range. */
function weekDays(week: { from: string; to: string; zone: string }): string {
  const day = (at: DateTime) =>
    at.setZone(week.zone).toLocaleString({ day: 'numeric', month: 'short' });
  const last = DateTime.fromISO(week.to).minus({ milliseconds: 1 });
  return `${day(DateTime.fromISO(week.from))} – ${day(last)}`;
}
