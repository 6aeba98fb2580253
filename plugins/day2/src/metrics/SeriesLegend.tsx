import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import { useTheme } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Note, Row } from '../ui';
import { metricWords } from './metricWords';
import { seriesLook } from './seriesLook';

const shown = 12;

/** Which line is which, each with its last value. */
export function SeriesLegend(props: { chart: MetricChart }) {
  const t = useText();
  const theme = useTheme().palette.type;
  const { series, unit } = props.chart;
  return (
    <Row gap="large">
      {series.slice(0, shown).map(({ name, values }, index) => {
        const last = values.at(-1) ?? undefined;
        return (
          <Row key={name} gap="small" oneLine>
            <svg width={22} height={12} aria-hidden style={{ flex: 'none' }}>
              <line
                x2={22}
                y1={6}
                y2={6}
                strokeWidth={2}
                {...seriesLook({ index, theme })}
              />
            </svg>
            <Note>
              <span style={{ overflowWrap: 'anywhere' }}>{name}</span>:{' '}
              {last === undefined ? t('metric.none') : metricWords(last, unit)}
            </Note>
          </Row>
        );
      })}
      {series.length > shown && (
        <Note>
          {t('metric.moreLines', { n: String(series.length - shown) })}
        </Note>
      )}
    </Row>
  );
}
