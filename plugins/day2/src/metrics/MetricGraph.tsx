import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import { DateTime } from 'luxon';
import { useText } from '../translation';
import {
  AsOf,
  DataTable,
  Disclosure,
  Note,
  Row,
  Stack,
  Status,
  Subsection,
  TimeText,
} from '../ui';
import { metricWords } from './metricWords';
import { SeriesLegend } from './SeriesLegend';
import { SeriesPlot } from './SeriesPlot';
import { valuesOf } from './seriesSteps';

/** One query over time, or in words why it cannot be drawn. */
export function MetricGraph(props: { chart: MetricChart }) {
  const t = useText();
  const { chart } = props;
  return (
    <Subsection
      title={<span style={{ overflowWrap: 'anywhere' }}>{chart.query}</span>}
    >
      {chart.error !== undefined && (
        <Stack gap="small">
          <Status wrap tone="bad" word={t('metric.chartFailed')} />
          <Note>{chart.error}</Note>
        </Stack>
      )}
      {chart.error === undefined && chart.series.length === 0 && (
        <Note>{t('metric.noSeries')}</Note>
      )}
      {chart.series.length > 0 && (
        <Stack gap="medium">
          <SeriesPlot chart={chart} />
          <SeriesLegend chart={chart} />
          <Row>
            <AsOf at={chart.asOf} />
            <Note>{t('metric.zone', { zone: DateTime.local().zoneName })}</Note>
            {chart.seriesLeftOut !== undefined && (
              <Note>
                {t('metric.seriesLeftOut', { n: String(chart.seriesLeftOut) })}
              </Note>
            )}
          </Row>
          <Disclosure summary={t('metric.asTable')}>
            <ValuesTable chart={chart} />
          </Disclosure>
        </Stack>
      )}
    </Subsection>
  );
}

function ValuesTable(props: { chart: MetricChart }) {
  const t = useText();
  const { chart } = props;
  return (
    <DataTable
      caption={t('metric.tableOf', { query: chart.query })}
      captionHidden
      maxHeight={320}
      rows={valuesOf(chart)}
      rowId={({ at, name }) => `${at} ${name}`}
      columns={[
        {
          header: t('metric.at'),
          cell: ({ at }) => <TimeText at={new Date(at).toISOString()} />,
        },
        { header: t('metric.line'), wide: true, cell: ({ name }) => name },
        {
          header: t('metric.value'),
          numeric: true,
          cell: ({ value }) => metricWords(value, chart.unit),
        },
      ]}
    />
  );
}
