import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import { customRange, type RangeChoice } from '../time';
import type { LaneMark } from './layoutLane';
import { moveFocus, type MarkPlace } from './moveFocus';
import type { Selection } from './useSelection';

const nearest = 10 * 60_000;

/** The chart's keyboard: one stop for Tab, arrows between marks. */
export function useMarkKeys(options: {
  lanes: LaneMark[][];
  selection: Selection;
  onOpen: (entry: TimelineEntry) => void;
  onRange: (range: RangeChoice) => void;
}) {
  const { lanes, selection } = options;
  const [wanted, setWanted] = useState<MarkPlace>();
  const elements = useRef(new Map<string, SVGGElement>());
  const place = settle(lanes, wanted);

  // Another range draws other marks: the one that had the focus is gone, and
  // the keyboard goes on at what stands in its place.
  const goOn = useRef(false);
  useEffect(() => {
    const mark = elements.current.get(`${place.lane} ${place.mark}`);
    if (goOn.current && mark && document.activeElement === document.body) {
      goOn.current = false;
      mark.focus();
    }
  });

  /** Opens an entry; of a crowd, first goes nearer. */
  const choose = (mark: LaneMark) => {
    const span = mark.to - mark.from;
    const range = customRange({
      from: new Date(mark.from - span / 4).toISOString(),
      to: new Date(mark.to + span / 4).toISOString(),
    });
    if (mark.entries.length > 1 && span > nearest && range) {
      options.onRange(range);
    } else {
      options.onOpen(mark.entries[mark.entries.length - 1]);
    }
  };

  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const mark = lanes[place.lane]?.[place.mark];
    const { key } = event;
    if (!mark) {
      return;
    }
    if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      goOn.current = true;
      if (selection.span) {
        selection.apply();
      } else {
        choose(mark);
      }
    } else if (key === 'Escape' && selection.span) {
      event.stopPropagation();
      selection.clear();
    } else if (event.shiftKey && /^Arrow(Left|Right)$/.test(key)) {
      event.preventDefault();
      selection.extend({
        anchor: mark.from,
        steps: key === 'ArrowLeft' ? -1 : 1,
      });
    } else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) {
      event.preventDefault();
      const next = moveFocus({ lanes, from: place, key });
      setWanted(next);
      elements.current.get(`${next.lane} ${next.mark}`)?.focus();
    }
  };

  return {
    place,
    onKeyDown,
    choose,
    onFocus: setWanted,
    register: (lane: number, mark: number, element: SVGGElement | null) => {
      if (element) {
        elements.current.set(`${lane} ${mark}`, element);
      } else {
        elements.current.delete(`${lane} ${mark}`);
      }
    },
  };
}

/** The place wanted if it is still there, else the newest mark. */
function settle(lanes: LaneMark[][], wanted?: MarkPlace): MarkPlace {
  if (wanted && lanes[wanted.lane]?.[wanted.mark]) {
    return wanted;
  }
  const lane = Math.max(
    0,
    lanes.findIndex(marks => marks.length > 0),
  );
  return { lane, mark: Math.max(0, (lanes[lane]?.length ?? 0) - 1) };
}
