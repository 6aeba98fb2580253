import type { MetricChart } from '@day2/backstage-plugin-day2-common';

const bytes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** A value of a graph in a few characters, with its unit where that is known. */
export function metricWords(value: number, unit?: MetricChart['unit']): string {
  switch (unit) {
    case 'bytes': {
      const size = Math.abs(value);
      const power = Math.min(
        bytes.length - 1,
        size < 1 ? 0 : Math.floor(Math.log2(size) / 10),
      );
      return `${short(value / 1024 ** power)} ${bytes[power]}`;
    }
    case 'seconds':
      return `${short(value)} s`;
    case 'ratio':
      return `${short(value * 100)} %`;
    default:
      return short(value);
  }
}

function short(value: number): string {
  const size = Math.abs(value);
  // Compact notation knows no name for these.
  return size !== 0 && (size < 1e-4 || size >= 1e15)
    ? value.toExponential(1)
    : compact.format(value);
}
