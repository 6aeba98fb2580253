import { useState } from 'react';
import { formatInstant } from '../time';
import { useText } from '../translation';
import { useTone } from '../ui';
import type { LaneMark } from './layoutLane';
import { markLook } from './markLook';
import { MarkShape } from './MarkShape';

interface MarkProps {
  mark: LaneMark;
  top: number;
  tabbable: boolean;
  register: (element: SVGGElement | null) => void;
  onFocus: () => void;
  onChoose: () => void;
}

/** An entry of the chart, or a crowd of them with its number. */
export function Mark(props: MarkProps) {
  const { mark } = props;
  const t = useText();
  const tone = useTone();
  const [focused, setFocused] = useState(false);
  const [first] = mark.entries;
  const crowd = mark.entries.length > 1;
  const look = markLook(first);
  const from = formatInstant({ at: mark.from }).local;
  const words = crowd
    ? t('timeline.crowd', {
        n: String(mark.entries.length),
        from,
        to: formatInstant({ at: mark.to }).local,
        looks: [
          ...new Set(
            mark.entries.map(entry =>
              t(`timeline.look.${markLook(entry).word}`),
            ),
          ),
        ].join(', '),
      })
    : t(spanWords(first), {
        look: t(`timeline.look.${look.word}`),
        title: first.title,
        at: from,
        until: first.until ? formatInstant({ at: first.until }).local : '',
      });
  return (
    <g
      ref={props.register}
      transform={`translate(${mark.x},${props.top})`}
      role="button"
      aria-label={words}
      tabIndex={props.tabbable ? 0 : -1}
      style={{ cursor: 'pointer', outline: 'none' }}
      onFocus={() => {
        setFocused(true);
        props.onFocus();
      }}
      onBlur={() => setFocused(false)}
      onPointerDown={event => event.stopPropagation()}
      onClick={props.onChoose}
    >
      <title>{words}</title>
      {/* Large enough to hit: 24 pixels, as WCAG 2.2 asks. */}
      <rect x={-12} y={-12} width={24} height={24} fill="transparent" />
      {crowd ? (
        <>
          <rect
            x={-10}
            y={-9}
            width={20}
            height={18}
            rx={9}
            fill="none"
            stroke={tone(mark.tone)}
            strokeWidth={2}
          />
          <text
            textAnchor="middle"
            y={4}
            fontSize={11}
            fontWeight={600}
            fill={tone(mark.tone)}
          >
            {mark.entries.length > 99 ? '99+' : mark.entries.length}
          </text>
        </>
      ) : (
        <MarkShape shape={look.shape} color={tone(look.tone)} />
      )}
      {focused && (
        <circle r={14} fill="none" stroke={tone('info')} strokeWidth={2} />
      )}
    </g>
  );
}

/** An incident lasts: until when, or on. */
function spanWords({ kind, until }: LaneMark['entries'][number]) {
  if (kind !== 'incident') {
    return 'timeline.mark';
  }
  return until === undefined ? 'timeline.markOn' : 'timeline.markUntil';
}
