import { useId, useMemo, useRef } from 'react';
import { Group } from '@visx/group';
import { scaleTime } from '@visx/scale';
import type {
  TimelineEntry,
  TimelineKind,
} from '@day2/backstage-plugin-day2-common';
import type { RangeChoice } from '../time';
import { useText } from '../translation';
import { LiveRegion, Note, useTone } from '../ui';
import { Lane } from './Lane';
import { layoutBars } from './layoutBars';
import { layoutLane } from './layoutLane';
import { axisHeight, TimeAxis } from './TimeAxis';
import { useMarkKeys } from './useMarkKeys';
import { useSelection } from './useSelection';
import { useWidth } from './useWidth';

const laneHeight = 44;
const lanes: TimelineKind[] = ['deployment', 'change', 'incident'];

interface TimelineChartProps {
  entries: TimelineEntry[];
  /** The lanes to draw; all where empty. */
  kinds: TimelineKind[];
  /** Half-open range of the axis, epoch milliseconds. */
  from: number;
  to: number;
  /** Every entry of the range is here; if not, the chart says from when on. */
  complete: boolean;
  onRange: (range: RangeChoice) => void;
  onOpen: (entry: TimelineEntry) => void;
}

/**
 * One lane a kind over one axis of time. A range is chosen by dragging, or
 * with the keyboard by Shift and the arrows. The table below has the same.
 */
export function TimelineChart(props: TimelineChartProps) {
  const { entries, from, to } = props;
  const t = useText();
  const tone = useTone();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const hintId = useId();
  const left = width < 480 ? 8 : 110;
  const inner = Math.max(40, width - left - 24);
  const kinds = props.kinds.length > 0 ? props.kinds : lanes;
  const height = kinds.length * laneHeight;

  const x = useMemo(
    () =>
      scaleTime<number>({
        domain: [new Date(from), new Date(to)],
        range: [0, inner],
      }),
    [from, to, inner],
  );
  const marks = kinds.map(kind =>
    layoutLane({
      entries: entries.filter(
        entry => entry.kind === kind && endOf(entry) >= from,
      ),
      // What began before the axis stands at its beginning.
      x: at => x(new Date(Math.max(from, at))),
      gap: 24,
    }),
  );
  const bars = kinds.map(kind =>
    kind === 'incident'
      ? layoutBars({
          entries: entries.filter(entry => entry.kind === kind),
          x: at => x(new Date(at)),
          from,
          to: Math.min(to, Date.now()),
        })
      : [],
  );
  const selection = useSelection({
    from,
    to,
    left,
    inner,
    onRange: props.onRange,
  });
  const keys = useMarkKeys({
    lanes: marks,
    selection,
    onOpen: props.onOpen,
    onRange: props.onRange,
  });
  const oldest = entries.at(-1)?.at;
  const unread =
    !props.complete && oldest !== undefined ? x(new Date(oldest)) : 0;

  return (
    <div ref={box}>
      <svg
        width={width}
        height={height + axisHeight}
        role="group"
        aria-label={t('timeline.chart')}
        aria-describedby={hintId}
        onKeyDown={keys.onKeyDown}
        style={{ display: 'block', touchAction: 'pan-y', userSelect: 'none' }}
        {...selection.pointer}
      >
        <Group left={left}>
          {unread > 0 && (
            <rect
              width={unread}
              height={height}
              fill={tone('unknown')}
              opacity={0.15}
            />
          )}
          {selection.span && (
            <rect
              x={x(new Date(selection.span.from))}
              width={
                x(new Date(selection.span.to)) -
                x(new Date(selection.span.from))
              }
              height={height}
              fill={tone('info')}
              opacity={0.2}
            />
          )}
          {kinds.map((kind, lane) => (
            <Lane
              key={kind}
              title={t(`timeline.${kind}s`)}
              top={lane * laneHeight}
              height={laneHeight}
              left={left}
              width={inner}
              marks={marks[lane]}
              bars={bars[lane]}
              focused={keys.place.lane === lane ? keys.place.mark : undefined}
              register={(mark, element) => keys.register(lane, mark, element)}
              onFocus={mark => keys.onFocus({ lane, mark })}
              onChoose={keys.choose}
            />
          ))}
          <TimeAxis scale={x} top={height} width={inner} left={left} />
        </Group>
      </svg>
      <Note id={hintId}>{t('timeline.hint')}</Note>
      {unread > 0 && <Note>{t('timeline.notAll')}</Note>}
      <LiveRegion>{selection.words}</LiveRegion>
    </div>
  );
}

/** When an entry was over, epoch milliseconds; of an open incident never. */
function endOf({ at, kind, until }: TimelineEntry): number {
  return kind === 'incident' && until === undefined
    ? Infinity
    : Date.parse(until ?? at);
}
