import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';

/** What the hub wants of an objective. */
export function wantedOf(options: {
  id: string;
  events: string;
  total: string;
  counts?: 'good' | 'bad';
  counter?: boolean;
  missing: WantedMeasurement['missing'];
}): WantedMeasurement {
  const { id, events, total, counts = 'bad', counter = false } = options;
  return {
    id,
    indicatorId: `of-${id}`,
    indicator: {
      counts,
      counter,
      events: { query: events },
      total: { query: total },
    },
    missing: options.missing,
  };
}
