import { Group } from '@visx/group';
import { useText } from '../translation';
import { useTone } from '../ui';
import type { LaneBar } from './layoutBars';
import type { LaneMark } from './layoutLane';
import { Mark } from './Mark';

interface LaneProps {
  title: string;
  top: number;
  height: number;
  /** Room left of the axis, for the title where it is wide enough. */
  left: number;
  width: number;
  marks: LaneMark[];
  /** Spans of time below the marks. */
  bars?: LaneBar[];
  /** The mark the Tab key leads to, if it is of this lane. */
  focused?: number;
  register: (mark: number, element: SVGGElement | null) => void;
  onFocus: (mark: number) => void;
  onChoose: (mark: LaneMark) => void;
}

/** One kind of entries along the axis. */
export function Lane(props: LaneProps) {
  const { height, left, marks, title, width } = props;
  const t = useText();
  const tone = useTone();
  const narrow = left < 60;
  const middle = height / 2 + (narrow ? 6 : 0);
  return (
    <Group top={props.top} role="group" aria-label={title}>
      <text
        x={narrow ? 0 : -left}
        y={narrow ? 11 : middle + 4}
        fontSize={12}
        fill={tone('unknown')}
        aria-hidden
      >
        {title}
      </text>
      <line
        x2={width}
        y1={middle}
        y2={middle}
        stroke={tone('unknown')}
        opacity={0.35}
      />
      {marks.length === 0 && (
        <text
          x={width / 2}
          y={middle - 5}
          textAnchor="middle"
          fontSize={12}
          fill={tone('unknown')}
        >
          {t('timeline.laneEmpty')}
        </text>
      )}
      {props.bars?.map(bar => (
        <rect
          key={bar.id}
          x={bar.x}
          y={middle - 5}
          width={bar.width}
          height={10}
          rx={3}
          fill={tone(bar.tone)}
          opacity={0.35}
        />
      ))}
      {marks.map((mark, index) => (
        <Mark
          key={`${mark.from} ${mark.entries[0].id}`}
          mark={mark}
          top={middle}
          tabbable={props.focused === index}
          register={element => props.register(index, element)}
          onFocus={() => props.onFocus(index)}
          onChoose={() => props.onChoose(mark)}
        />
      ))}
    </Group>
  );
}
