import { useRef } from 'react';
import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import { useTheme } from '@material-ui/core/styles';
import { AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleLinear, scaleTime } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { axisHeight, TimeAxis } from '../timeline/TimeAxis';
import { useWidth } from '../timeline/useWidth';
import { useText } from '../translation';
import { useTone } from '../ui';
import { metricWords } from './metricWords';
import { seriesLook } from './seriesLook';
import { stepsOf, valueRange } from './seriesSteps';

const height = 160;
const left = 72;

/** Each series of a chart as a line; where it has no value there is a gap. */
export function SeriesPlot(props: { chart: MetricChart }) {
  const { chart } = props;
  const t = useText();
  const tone = useTone();
  const theme = useTheme().palette.type;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const inner = Math.max(40, width - left - 16);
  const steps = stepsOf(chart);
  const x = scaleTime<number>({
    domain: [new Date(steps[0]), new Date(steps[steps.length - 1])],
    range: [0, inner],
  });
  const y = scaleLinear<number>({
    domain: valueRange(chart),
    range: [height - 2, 6],
    nice: true,
  });
  const ticks = {
    stroke: tone('unknown'),
    tickStroke: tone('unknown'),
  };
  const label = { fill: tone('unknown'), fontSize: 11, fontFamily: 'inherit' };
  return (
    <div ref={box}>
      <svg
        width={width}
        height={height + axisHeight}
        role="img"
        aria-label={t('metric.chartOf', {
          query: chart.query,
          lines: t('metric.lines', { count: chart.series.length }),
        })}
        style={{ display: 'block' }}
      >
        <Group left={left}>
          {chart.series.map(({ name, values }, index) => {
            const look = seriesLook({ index, theme });
            const at = (step: number) => x(new Date(steps[step]));
            return (
              <Group key={name}>
                <LinePath
                  data={values.map((value, step) => ({ value, step }))}
                  defined={({ value }) => value !== null}
                  x={({ step }) => at(step)}
                  y={({ value }) => y(value ?? 0)}
                  strokeWidth={1.75}
                  fill="none"
                  {...look}
                />
                {/* A line needs two points: what stands alone is a dot. */}
                {values.map(
                  (value, step) =>
                    value !== null &&
                    (values[step - 1] ?? null) === null &&
                    (values[step + 1] ?? null) === null && (
                      <circle
                        key={steps[step]}
                        cx={at(step)}
                        cy={y(value)}
                        r={2}
                        fill={look.stroke}
                      />
                    ),
                )}
              </Group>
            );
          })}
          <AxisLeft
            scale={y}
            numTicks={4}
            tickFormat={value => metricWords(Number(value), chart.unit)}
            tickLabelProps={label}
            {...ticks}
          />
          <TimeAxis scale={x} top={height} width={inner} left={left} />
        </Group>
      </svg>
    </div>
  );
}
