import type { MeasurementObservation } from '@day2/backstage-plugin-day2-node';
import type { Piece } from './planPieces';

/** What was counted of a piece, as the hub is told. */
export function observationOf(options: {
  piece: Piece;
  slots: MeasurementObservation['slots'];
}): MeasurementObservation {
  const { piece, slots } = options;
  const { wanted, from, to } = piece;
  return {
    kind: 'measurement',
    key: `${wanted.id} ${wanted.indicatorId} ${from} ${to}`,
    version: 1,
    objective: wanted.id,
    indicator: wanted.indicatorId,
    from,
    to,
    slots,
  };
}
