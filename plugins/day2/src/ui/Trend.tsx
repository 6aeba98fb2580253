import { LinePath } from '@visx/shape';
import { useTone } from './useTone';

/** A line of a few points without axes; its label says its span in words. */
export function Trend(props: { label: string; values: number[] }) {
  const tone = useTone();
  const { values } = props;
  const top = Math.max(...values, 1);
  const width = 120;
  const height = 24;
  const words = `${props.label}: ${values.join(', ')}`;
  return (
    <svg width={width} height={height} role="img" aria-label={words}>
      <LinePath
        data={values}
        x={(_, index) => 1 + (index / (values.length - 1)) * (width - 2)}
        y={value => height - 2 - (value / top) * (height - 4)}
        stroke={tone('info')}
        strokeWidth={1.5}
      />
    </svg>
  );
}
