import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DAY_MS } from '../delivery/range';
import { burnConditionsOf } from './burnWindows';

const path = resolve(__dirname, '../../../../docs/objectives.md');
const rows = readFileSync(path, 'utf8')
  .split('\n')
  .map(line => line.split('|').map(part => part.trim()))
  .filter(([, name = '']) => /^(page|ticket), /.test(name));

/** E.g. 1h25m. */
function words(ms: number): string {
  const minutes = ms / 60_000;
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'm'],
  ] as const;
  return parts.flatMap(([n, unit]) => (n > 0 ? `${n}${unit}` : [])).join('');
}

it.each([30, 28, 7])(
  'docs/objectives.md has the conditions of %d days',
  days => {
    const column = { 30: 2, 28: 3, 7: 4 }[days]!;
    expect(rows.map(row => `${row[1].split(',')[0]} ${row[column]}`)).toEqual(
      burnConditionsOf({ periodMs: days * DAY_MS }).map(
        ({ severity, factor, longMs, shortMs }) =>
          `${severity} ${factor} over ${words(longMs)}, ${words(shortMs)}`,
      ),
    );
  },
);
