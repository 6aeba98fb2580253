import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, TimeText } from '../ui';
import { shareWords } from './shareWords';

/** The steps of a budget's chart, newest first: what its line and bars draw. */
export function BudgetTable(props: { name: string; chart: ObjectiveChart }) {
  const t = useText();
  return (
    <DataTable
      caption={t('objective.tableOf', { name: props.name })}
      captionHidden
      maxHeight={320}
      rows={[...props.chart.points].reverse()}
      rowId={row => row.at}
      columns={[
        { header: t('objective.from'), cell: row => <TimeText at={row.at} /> },
        {
          header: t('objective.bad'),
          numeric: true,
          cell: row => row.bad.toLocaleString(),
        },
        {
          header: t('objective.allEvents'),
          numeric: true,
          cell: row =>
            row.total === 0
              ? t('objective.noTraffic')
              : row.total.toLocaleString(),
        },
        {
          header: t('objective.left'),
          numeric: true,
          cell: row =>
            row.remaining === undefined
              ? t('objective.notKnown')
              : `${shareWords(row.remaining)}${
                  row.partly ? ` ${t('objective.ofPart')}` : ''
                }`,
        },
      ]}
    />
  );
}
