import { useRef, useState, type PointerEvent } from 'react';
import { customRange, formatInstant, type RangeChoice } from '../time';
import { useText } from '../translation';

/** A range being chosen on the chart. */
export interface Selection {
  span?: { from: number; to: number };
  /** For the live region: what is chosen so far. */
  words: string;
  /** Moves one end by a fortieth of the axis, from an anchor where none is begun. */
  extend: (options: { anchor: number; steps: number }) => void;
  apply: () => void;
  clear: () => void;
  pointer: {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerCancel: () => void;
  };
}

/** Chooses a range by dragging or by steps. */
export function useSelection(options: {
  from: number;
  to: number;
  left: number;
  inner: number;
  onRange: (range: RangeChoice) => void;
}): Selection {
  const { from, to, left, inner, onRange } = options;
  const t = useText();
  const [ends, setEnds] = useState<{ anchor: number; head: number }>();
  const dragging = useRef(false);
  const within = (at: number) => Math.max(from, Math.min(to, at));
  const instant = (event: PointerEvent<SVGSVGElement>) => {
    const start = event.currentTarget.getBoundingClientRect().left + left;
    return within(from + ((event.clientX - start) / inner) * (to - from));
  };
  const span = ends && {
    from: Math.min(ends.anchor, ends.head),
    to: Math.max(ends.anchor, ends.head),
  };
  const clear = () => {
    dragging.current = false;
    setEnds(undefined);
  };
  const apply = () => {
    const range =
      span &&
      customRange({
        from: new Date(span.from).toISOString(),
        to: new Date(span.to).toISOString(),
      });
    clear();
    if (range) {
      onRange(range);
    }
  };
  return {
    span,
    words: span
      ? t('timeline.selected', {
          from: formatInstant({ at: span.from }).local,
          to: formatInstant({ at: span.to }).local,
        })
      : '',
    extend: ({ anchor, steps }) => {
      const step = ((to - from) / 40) * steps;
      setEnds(before =>
        before
          ? { ...before, head: within(before.head + step) }
          : { anchor: within(anchor), head: within(anchor + step) },
      );
    },
    apply,
    clear,
    pointer: {
      onPointerDown: event => {
        if (event.button === 0) {
          dragging.current = true;
          const at = instant(event);
          setEnds({ anchor: at, head: at });
          event.currentTarget.setPointerCapture?.(event.pointerId);
        }
      },
      onPointerMove: event => {
        if (dragging.current) {
          const head = instant(event);
          setEnds(before => before && { ...before, head });
        }
      },
      onPointerUp: () => {
        // A click that hardly moves chooses nothing.
        const pixels = span ? ((span.to - span.from) / (to - from)) * inner : 0;
        if (dragging.current && pixels >= 6) {
          apply();
        } else {
          clear();
        }
      },
      onPointerCancel: clear,
    },
  };
}
