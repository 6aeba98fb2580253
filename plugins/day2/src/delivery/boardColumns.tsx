import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import type { Text } from '../translation';
import type { Column } from '../ui';
import { FigureSummary } from './FigureSummary';
import type { FigureRef } from './figureRef';
import { GroupCell } from './GroupCell';
import { metrics } from './metrics';
import { rowKey } from './rowKey';

/** The columns of a scoreboard: who, and a figure each. */
export function boardColumns(options: {
  t: Text;
  onOpen: (figure: FigureRef) => void;
  /** The key of the group whose services are shown. */
  expanded?: string;
  onExpand: (row: ScoreboardRow) => void;
  allAssumed?: boolean;
}): Column<ScoreboardRow>[] {
  const { t, onOpen } = options;
  return [
    {
      header: t('service.name'),
      cell: row => (
        <GroupCell
          row={row}
          allAssumed={options.allAssumed}
          expanded={options.expanded === rowKey(row)}
          onExpand={() => options.onExpand(row)}
        />
      ),
    },
    ...metrics.map(
      (metric): Column<ScoreboardRow> => ({
        header: t(`delivery.short.${metric}`),
        cell: row => {
          const figure = row.figures.find(one => one.metric === metric);
          return (
            figure && (
              <FigureSummary
                figure={figure}
                title={row.title}
                onOpen={() =>
                  onOpen({ metric, grouping: row.grouping, ref: row.ref })
                }
              />
            )
          );
        },
      }),
    ),
  ];
}
