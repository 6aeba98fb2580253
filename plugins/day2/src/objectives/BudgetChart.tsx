import { useId, useMemo, useRef } from 'react';
import { Group } from '@visx/group';
import { scaleTime } from '@visx/scale';
import { DateTime } from 'luxon';
import type {
  ObjectiveChart,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import type { RangeChoice } from '../time';
import { Lane } from '../timeline/Lane';
import { layoutBars } from '../timeline/layoutBars';
import { layoutLane } from '../timeline/layoutLane';
import { axisHeight, TimeAxis } from '../timeline/TimeAxis';
import { useMarkKeys } from '../timeline/useMarkKeys';
import { useSelection } from '../timeline/useSelection';
import { useWidth } from '../timeline/useWidth';
import { useText } from '../translation';
import { LiveRegion, Note, Stack, useTone } from '../ui';
import { BudgetLegend } from './BudgetLegend';
import { PartlyNote } from './PartlyNote';
import { BudgetPlot, plotHeight } from './BudgetPlot';

const laneHeight = 40;
const kinds = ['deployment', 'incident'] as const;

/**
 * A budget over time with what was deployed and what broke below it. A range
 * is chosen as on the timeline; the table beside it has the same.
 */
export function BudgetChart(props: {
  name: string;
  chart: ObjectiveChart;
  entries: TimelineEntry[];
  onRange: (range: RangeChoice) => void;
  onOpen: (entry: TimelineEntry) => void;
}) {
  const { chart, entries } = props;
  const t = useText();
  const tone = useTone();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const hintId = useId();
  const from = Date.parse(chart.from);
  const to = Date.parse(chart.to);
  const left = width < 480 ? 52 : 110;
  const inner = Math.max(40, width - left - 24);
  const height = plotHeight + kinds.length * laneHeight;
  const scale = useMemo(
    () =>
      scaleTime<number>({
        domain: [new Date(from), new Date(to)],
        range: [0, inner],
      }),
    [from, to, inner],
  );
  const x = (at: number) => scale(new Date(at));
  const ofKind = (kind: TimelineEntry['kind']) =>
    entries.filter(entry => entry.kind === kind);
  const lanes = kinds.map(kind =>
    layoutLane({
      entries: ofKind(kind),
      x: at => x(Math.max(from, at)),
      gap: 24,
    }),
  );
  const bars = layoutBars({ entries: ofKind('incident'), x, from, to });
  const { onRange, onOpen } = props;
  const selection = useSelection({ from, to, left, inner, onRange });
  const keys = useMarkKeys({ lanes, selection, onOpen, onRange });
  return (
    <div ref={box}>
      <svg
        width={width}
        height={height + axisHeight}
        role="group"
        aria-label={t('objective.chartOf', { name: props.name })}
        aria-describedby={hintId}
        onKeyDown={keys.onKeyDown}
        style={{ display: 'block', touchAction: 'pan-y', userSelect: 'none' }}
        {...selection.pointer}
      >
        <Group left={left}>
          <BudgetPlot chart={chart} width={inner} x={x} />
          {/* What was deployed stands on the line as well as in its lane. */}
          {lanes[0].map(mark => (
            <line
              key={mark.entries[0].id}
              x1={mark.x}
              x2={mark.x}
              y2={plotHeight}
              stroke={tone(mark.tone)}
              strokeDasharray="2 3"
              opacity={0.7}
            />
          ))}
          {selection.span && (
            <rect
              x={x(selection.span.from)}
              width={x(selection.span.to) - x(selection.span.from)}
              height={height}
              fill={tone('info')}
              opacity={0.2}
            />
          )}
          {kinds.map((kind, lane) => (
            <Lane
              key={kind}
              title={t(`timeline.${kind}s`)}
              top={plotHeight + lane * laneHeight}
              height={laneHeight}
              left={left < 60 ? 8 : left}
              width={inner}
              marks={lanes[lane]}
              bars={kind === 'incident' ? bars : undefined}
              focused={keys.place.lane === lane ? keys.place.mark : undefined}
              register={(mark, element) => keys.register(lane, mark, element)}
              onFocus={mark => keys.onFocus({ lane, mark })}
              onChoose={keys.choose}
            />
          ))}
          <TimeAxis scale={scale} top={height} width={inner} left={left} />
        </Group>
      </svg>
      <Stack gap="small">
        <BudgetLegend downtime={chart.plannedDowntime} />
        <PartlyNote chart={chart} />
        <Note id={hintId}>
          {t('objective.chartHint', {
            zone: DateTime.local().zoneName,
          })}
        </Note>
      </Stack>
      <LiveRegion>{selection.words}</LiveRegion>
    </div>
  );
}
