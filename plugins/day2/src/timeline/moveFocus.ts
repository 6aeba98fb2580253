import type { LaneMark } from './layoutLane';

/** Which mark has the keyboard: its lane and its place therein. */
export interface MarkPlace {
  lane: number;
  mark: number;
}

/**
 * Where an arrow key leads: along a lane in time, or to the nearest mark of
 * the next lane that has any.
 */
export function moveFocus(options: {
  lanes: LaneMark[][];
  from: MarkPlace;
  key: string;
}): MarkPlace {
  const { lanes, from, key } = options;
  const marks = lanes[from.lane] ?? [];
  const clamp = (mark: number) => Math.max(0, Math.min(marks.length - 1, mark));
  switch (key) {
    case 'ArrowRight':
      return { ...from, mark: clamp(from.mark + 1) };
    case 'ArrowLeft':
      return { ...from, mark: clamp(from.mark - 1) };
    case 'Home':
      return { ...from, mark: 0 };
    case 'End':
      return { ...from, mark: clamp(marks.length - 1) };
    case 'ArrowUp':
    case 'ArrowDown':
      return nextLane({ lanes, from, step: key === 'ArrowUp' ? -1 : 1 });
    default:
      return from;
  }
}

function nextLane(options: {
  lanes: LaneMark[][];
  from: MarkPlace;
  step: number;
}): MarkPlace {
  const { lanes, from, step } = options;
  const x = lanes[from.lane]?.[from.mark]?.x ?? 0;
  for (let lane = from.lane + step; lanes[lane]; lane += step) {
    const distances = lanes[lane].map(mark => Math.abs(mark.x - x));
    if (distances.length > 0) {
      return { lane, mark: distances.indexOf(Math.min(...distances)) };
    }
  }
  return from;
}
