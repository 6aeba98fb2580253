import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, Note, Row } from '../ui';
import { figureSentence } from './figureValue';

/** A figure by ISO week, newest first: what the line beside it draws. */
export function WeekTable(props: {
  trend: NonNullable<DeliveryFigure['trend']>;
}) {
  const t = useText();
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
