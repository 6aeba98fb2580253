import type { MeasurementObservation } from '@day2/backstage-plugin-day2-node';

/** What a source counted, by the id of the series it is of. */
export type SaidMeasurements = ReadonlyMap<
  string,
  Pick<MeasurementObservation, 'from' | 'to' | 'slots'>[]
>;
