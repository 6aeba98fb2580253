import { DAY_MS } from '@day2/backstage-plugin-day2-common';

/**
 * How many borders lie at or before the beginning of a day, of all services and
 * of one: days of a service between which there is no border have the same.
 *
 * @param options - instants in epoch milliseconds; days since 1970: `[first, end)`
 */
export function dayRuns(options: {
  borders: readonly number[];
  ownBorders: readonly { serviceId: string; at: number }[];
  first: number;
  end: number;
}): (serviceId: string, day: number) => number {
  const { first, end } = options;
  const before = (borders: readonly number[], day: number) =>
    borders.filter(at => at <= day * DAY_MS).length;
  const ofAll = Array.from({ length: end - first }, (_, at) =>
    before(options.borders, first + at),
  );
  const own = new Map<string, number[]>();
  for (const { serviceId, at } of options.ownBorders) {
    const known = own.get(serviceId);
    if (known) {
      known.push(at);
    } else {
      own.set(serviceId, [at]);
    }
  }
  return (serviceId, day) =>
    ofAll[day - first] + before(own.get(serviceId) ?? [], day);
}
