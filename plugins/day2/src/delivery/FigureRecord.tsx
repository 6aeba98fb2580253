import type {
  DeliveryFigure,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import { Reasons } from '../deployments';
import { useText } from '../translation';
import { Facts, Note, Stack, Subsection } from '../ui';
import { FigureSummary } from './FigureSummary';
import { figureSentence } from './figureValue';
import { HiddenNote } from './HiddenNote';

/** A figure with what stands beside it, and what it leaves out. */
export function FigureRecord(props: {
  figure: DeliveryFigure;
  row: ScoreboardRow;
}) {
  const t = useText();
  const { figure, row } = props;
  // Its weeks have a place of their own.
  const { trend: _trend, ...withoutTrend } = figure;
  return (
    <Stack>
      <FigureSummary figure={withoutTrend} title={row.title} />
      {figure.figure.value !== undefined && figure.figure.reason && (
        <Note>{figure.figure.reason}</Note>
      )}
      <HiddenNote hidden={row.hidden} />
      {row.membershipAssumed && <Note>{t('delivery.assumed')}</Note>}
      {figure.beside.length > 0 && (
        <Facts
          items={figure.beside.map(beside => ({
            name: t(`delivery.beside.${beside.name}`),
            value: figureSentence(t, beside.figure),
          }))}
        />
      )}
      {figure.leftOut.length > 0 && (
        <Subsection title={t('delivery.leftOutTitle')}>
          <Reasons reasons={figure.leftOut} />
        </Subsection>
      )}
    </Stack>
  );
}
