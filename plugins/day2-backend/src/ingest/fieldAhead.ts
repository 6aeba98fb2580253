import type { z } from 'zod';
import type { observationSchema } from './observationSchema';

// Twice what posting allows: two clocks of tools may differ the more.
const MAX_AHEAD_MS = 10 * 60_000;

/**
 * The instant of a deployment or application that is further ahead than clocks
 * differ: taken in, it would be the newest word until that day. Commits and
 * changes have whatever date Git has.
 *
 * @returns the field's name
 */
export function fieldAhead(
  observation: z.infer<typeof observationSchema>,
  now: number,
): string | undefined {
  const [field] =
    Object.entries(instantsOf(observation)).find(
      ([, at]) => at !== undefined && at > now + MAX_AHEAD_MS,
    ) ?? [];
  return field;
}

function instantsOf(
  observation: z.infer<typeof observationSchema>,
): Record<string, number | undefined> {
  switch (observation.kind) {
    case 'deployment': {
      const { startedAt, finishedAt } = observation;
      return { startedAt, finishedAt };
    }
    case 'application': {
      const { syncedAt, comparedAt, operation } = observation;
      return {
        syncedAt,
        comparedAt,
        'operation.startedAt': operation?.startedAt,
        'operation.finishedAt': operation?.finishedAt,
      };
    }
    case 'incident': {
      const { impactStartedAt, detectedAt, acknowledgedAt } = observation;
      const { mitigatedAt, resolvedAt, gaps = [] } = observation;
      return {
        impactStartedAt,
        detectedAt,
        acknowledgedAt,
        mitigatedAt,
        resolvedAt,
        ...Object.fromEntries(
          gaps.flatMap((gap, at) => [
            [`gaps[${at}].resolvedAt`, gap.resolvedAt],
            [`gaps[${at}].reopenedAt`, gap.reopenedAt],
          ]),
        ),
      };
    }
    case 'measurement':
      return { to: observation.to };
    default:
      return {};
  }
}
