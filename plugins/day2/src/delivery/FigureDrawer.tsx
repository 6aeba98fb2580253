import { useText } from '../translation';
import { AsOf, Drawer, Loadable, Note, Stack, WhyEmptyNote } from '../ui';
import { ReadingNote } from '../services/ReadingNote';
import type { BoardQuery } from './boardState';
import { BoardScope } from './BoardScope';
import { FigureRecord } from './FigureRecord';
import type { FigureRef } from './figureRef';
import { FigureWeeks } from './FigureWeeks';
import { RecordsTable } from './RecordsTable';
import { deliveryQuery } from './scoreboardCalls';
import { useFigureRow } from './useFigureRow';

/** A figure with everything behind it: how it came about, and from what. */
export function FigureDrawer(props: {
  figure: FigureRef;
  query: BoardQuery;
  onClose: () => void;
}) {
  const t = useText();
  const { figure, query } = props;
  const { metric } = figure;
  const answer = useFigureRow({ figure, query });
  const { data } = answer;
  const name = data?.row.title ?? figure.ref ?? t('delivery.organisation');
  const shown = data?.row.figures.find(one => one.metric === metric);
  return (
    <Drawer
      title={`${t(`delivery.metric.${metric}`)} · ${name}`}
      onClose={props.onClose}
    >
      <Note>{t(`delivery.means.${metric}`)}</Note>
      <Loadable of={answer} what={t(`delivery.metric.${metric}`)} lines={4}>
        {of => (
          <Stack>
            <ReadingNote sources={of.sources} />
            {shown && <FigureRecord figure={shown} row={of.row} />}
            {'empty' in of && of.empty && <WhyEmptyNote why={of.empty} />}
            <BoardScope of={of} />
            <AsOf at={of.asOf} />
          </Stack>
        )}
      </Loadable>
      {(data || answer.error) && (
        <RecordsTable
          figure={figure}
          query={{
            ...deliveryQuery(query),
            // The very range of the figure, so that the rows add up to it.
            ...(data && { from: data.from, to: data.to }),
          }}
          of={JSON.stringify(query)}
        />
      )}
      <FigureWeeks trend={shown?.trend} zone={data?.zone ?? query.zone} />
    </Drawer>
  );
}
