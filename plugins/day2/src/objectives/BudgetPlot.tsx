import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';
import { AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { useTone } from '../ui';
import { chartShapeOf } from './chartShape';
import { shareWords } from './shareWords';

const lineHeight = 130;
const barsHeight = 40;
const between = 10;

/** Pixels that a {@link BudgetPlot} is high. */
export const plotHeight = lineHeight + between + barsHeight;

/** The budget that was left as a line, and the bad events of each step below. */
export function BudgetPlot(props: {
  chart: ObjectiveChart;
  width: number;
  /** Pixels of an instant, epoch milliseconds. */
  x: (at: number) => number;
}) {
  const { chart, width, x } = props;
  const tone = useTone();
  const shape = chartShapeOf(chart);
  const y = scaleLinear<number>({
    domain: [shape.lowest, shape.highest],
    range: [lineHeight - 4, 6],
  });
  const step = chart.stepSeconds * 1000;
  const inside = (at: number) => Math.max(0, Math.min(width, x(at)));
  return (
    <Group>
      {shape.gaps.map(gap => (
        <rect
          key={gap.from}
          x={inside(gap.from)}
          width={Math.max(0, inside(gap.to) - inside(gap.from))}
          height={plotHeight}
          fill={tone('unknown')}
          opacity={0.18}
        />
      ))}
      {(chart.plannedDowntime ?? []).map(({ from, to }) => (
        <rect
          key={from}
          x={inside(Date.parse(from))}
          width={Math.max(1, inside(Date.parse(to)) - inside(Date.parse(from)))}
          height={plotHeight}
          fill={tone('info')}
          opacity={0.18}
        />
      ))}
      <line
        x2={width}
        y1={y(0)}
        y2={y(0)}
        stroke={tone('bad')}
        strokeDasharray="4 3"
      />
      {shape.lines.map(line => (
        <LinePath
          key={`${line[0].at} ${line[0].partly}`}
          data={line}
          x={({ at }) => x(at)}
          y={({ remaining }) => y(remaining)}
          stroke={tone(line[0].partly ? 'unknown' : 'info')}
          strokeDasharray={line[0].partly ? '4 4' : undefined}
          strokeWidth={2}
          fill="none"
        />
      ))}
      {/* A line needs two points: what stands alone is a dot. */}
      {shape.lines
        .filter(line => line.length === 1)
        .map(([{ at, remaining }]) => (
          <circle
            key={at}
            cx={x(at)}
            cy={y(remaining)}
            r={2}
            fill={tone('info')}
          />
        ))}
      {shape.wholeFrom !== undefined && (
        <line
          x1={x(shape.wholeFrom)}
          x2={x(shape.wholeFrom)}
          y2={lineHeight}
          stroke={tone('unknown')}
        />
      )}
      <AxisLeft
        scale={y}
        numTicks={4}
        tickFormat={value => shareWords(Number(value))}
        stroke={tone('unknown')}
        tickStroke={tone('unknown')}
        tickLabelProps={{
          fill: tone('unknown'),
          fontSize: 11,
          fontFamily: 'inherit',
        }}
      />
      <Group top={lineHeight + between}>
        {chart.points.map(point => {
          const at = Date.parse(point.at);
          const height = (point.bad / shape.mostBad) * barsHeight;
          return (
            point.bad > 0 && (
              <rect
                key={point.at}
                x={x(at)}
                y={barsHeight - Math.max(1, height)}
                width={Math.max(1, x(at + step) - x(at))}
                height={Math.max(1, height)}
                fill={tone('bad')}
              />
            )
          );
        })}
        <line
          x2={width}
          y1={barsHeight}
          y2={barsHeight}
          stroke={tone('unknown')}
          opacity={0.35}
        />
      </Group>
    </Group>
  );
}
