import { AxisBottom } from '@visx/axis';
import type { scaleTime } from '@visx/scale';
import { useTone } from '../ui';
import { axisTicks } from './axisTicks';
import { tickWords } from './tickWords';

/** Room that a label takes, `September` and its margin included. */
const labelWidth = 90;
/** What is needed below a chart. */
export const axisHeight = 30;

/** The time below a chart, its labels never over one another. */
export function TimeAxis(props: {
  scale: ReturnType<typeof scaleTime<number>>;
  top: number;
  /** Of the chart within its margins. */
  width: number;
  /** Room left of the chart, which a label may take. */
  left: number;
}) {
  const { left, scale, width } = props;
  const tone = useTone();
  return (
    <AxisBottom
      top={props.top}
      scale={scale}
      tickValues={axisTicks({
        ticks: scale
          .ticks(Math.max(2, Math.floor(width / labelWidth)))
          // A label that the edge would cut is not set.
          .filter(tick => scale(tick) + left >= labelWidth / 3),
        x: scale,
        gap: labelWidth - 10,
      })}
      tickFormat={at => tickWords(new Date(Number(at)))}
      stroke={tone('unknown')}
      tickStroke={tone('unknown')}
      tickLabelProps={{
        fill: tone('unknown'),
        fontSize: 12,
        textAnchor: 'middle',
        fontFamily: 'inherit',
      }}
    />
  );
}
