import type { Shape } from './markLook';

const radius = 6;
const paths: Partial<Record<Shape, string>> = {
  cross: `M-5,-5 L5,5 M5,-5 L-5,5`,
  back: `M-7,0 L5,-6 L5,6 Z`,
  chevrons: `M-1,-6 L-7,0 L-1,6 M6,-6 L0,0 L6,6`,
  up: `M0,-7 L6,5 L-6,5 Z`,
  diamond: `M0,-6 L6,0 L0,6 L-6,0 Z`,
  hollow: `M0,-6 L6,0 L0,6 L-6,0 Z`,
  square: `M-5,-5 H5 V5 H-5 Z`,
  octagon: `M-3,-7 H3 L7,-3 V3 L3,7 H-3 L-7,3 V-3 Z`,
  // The even-odd rule leaves its upper half empty.
  halfOctagon: `M-3,-7 H3 L7,-3 V0 H-7 V-3 Z M-7,0 H7 V3 L3,7 H-3 L-7,3 Z M-5,-1 H5 V-2.5 L2.5,-5 H-2.5 L-5,-2.5 Z`,
  hollowOctagon: `M-3,-7 H3 L7,-3 V3 L3,7 H-3 L-7,3 V-3 Z`,
};

const widths: Partial<Record<Shape, number>> = {
  chevrons: 2.5,
  cross: 3,
  hollow: 2,
  hollowOctagon: 2,
};
// Drawn by their lines: filled they would be other shapes.
const lines: Shape[] = ['chevrons', 'cross', 'hollow', 'hollowOctagon'];

/** The drawing of a shape around the origin. */
export function MarkShape(props: { shape: Shape; color: string }) {
  const { color, shape } = props;
  if (shape === 'disc' || shape === 'ring') {
    return (
      <circle
        r={shape === 'disc' ? radius : radius - 1}
        fill={shape === 'disc' ? color : 'transparent'}
        stroke={color}
        strokeWidth={2}
      />
    );
  }
  return (
    <path
      d={paths[shape]}
      fillRule="evenodd"
      fill={lines.includes(shape) ? 'none' : color}
      stroke={color}
      strokeWidth={widths[shape] ?? 1}
      strokeLinecap="round"
    />
  );
}
