import { isSourceError } from '@day2/backstage-plugin-day2-node';
import type { PrometheusClient } from '../client';
import type { KnownQueries } from '../promql/KnownQueries';
import { Measurer, type Measured } from './Measurer';
import type { Piece } from './planPieces';

/** What was counted of each piece, or what broke as one of them was asked for. */
export type BatchOutcome =
  | { found: { piece: Piece; measured: Measured }[] }
  | { broken: Piece; error: Error };

/** @throws what is no failure of the tool */
export async function measureBatch(options: {
  pieces: Piece[];
  client: PrometheusClient;
  queries: KnownQueries;
  signal: AbortSignal;
}): Promise<BatchOutcome> {
  const { pieces, signal } = options;
  const measurer = Measurer.create(options);
  let broken: Piece | undefined;
  try {
    const found = await Promise.all(
      pieces.map(async piece => {
        try {
          return { piece, measured: await measurer.measure(piece) };
        } catch (error) {
          broken ??= piece;
          throw error;
        }
      }),
    );
    return { found };
  } catch (error) {
    if (!broken || !isSourceError(error) || signal.aborted) {
      throw error;
    }
    return { broken, error };
  }
}
