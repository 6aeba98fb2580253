import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { LinePath } from '@visx/shape';
import { useText } from '../translation';
import { useTone } from '../ui';
import { figureValue } from './figureValue';

interface Point {
  x: number;
  y?: number;
  whole: boolean;
}

/**
 * A figure by week as a line. A week with too little leaves a gap, one that
 * the range cuts is hollow. The figure's drawer has the same as a table.
 */
export function WeekTrend(props: {
  trend: NonNullable<DeliveryFigure['trend']>;
  width?: number;
  height?: number;
}) {
  const t = useText();
  const tone = useTone();
  const { trend, width = 120, height = 28 } = props;
  if (trend.every(({ figure }) => figure.value === undefined)) {
    return null;
  }
  const top = Math.max(...trend.map(({ figure }) => figure.value ?? 0)) || 1;
  const points = trend.map(
    ({ figure, whole }, index): Point => ({
      x: 4 + (index / Math.max(1, trend.length - 1)) * (width - 8),
      y:
        figure.value === undefined
          ? undefined
          : height - 4 - (figure.value / top) * (height - 8),
      whole,
    }),
  );
  const words = trend
    .map(
      ({ week, figure }) =>
        `${week} ${figureValue(t, figure) ?? t('delivery.insufficient')}`,
    )
    .join(', ');
  // A line needs two neighbours: what stands alone, and each cut week, is a dot.
  const dots = points.filter(
    (point, index) =>
      point.y !== undefined &&
      (!point.whole ||
        (points[index - 1]?.y === undefined &&
          points[index + 1]?.y === undefined)),
  );
  return (
    <svg
      width={width}
      height={height}
      // Where there is less room it shrinks, and is not cut.
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${t('delivery.byWeek')}: ${words}`}
      style={{ maxWidth: '100%' }}
    >
      <LinePath
        data={points}
        defined={({ y }) => y !== undefined}
        x={({ x }) => x}
        y={({ y }) => y ?? 0}
        stroke={tone('info')}
        strokeWidth={1.5}
        fill="none"
      />
      {dots.map(({ x, y, whole }) => (
        <circle
          key={x}
          cx={x}
          cy={y}
          r={2.5}
          stroke={tone('info')}
          fill={whole ? tone('info') : 'none'}
        />
      ))}
    </svg>
  );
}
