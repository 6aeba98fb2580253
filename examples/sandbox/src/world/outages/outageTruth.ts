import type { Outage, OutageCause } from './Outage';

/** An outage, its instants as ISO 8601 in UTC. @public */
export interface OutageTruth
  extends Omit<Outage, InstantName | 'cause'>,
    Partial<Record<InstantName, string>> {
  startedAt: string;
  cause?: Omit<OutageCause, 'liveAt'> & { liveAt: string };
}

type InstantName = (typeof instants)[number];

const instants = [
  'startedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
] as const;

/** An outage as the truth lists it. */
export function outageTruth(outage: Outage): OutageTruth {
  const { cause, ...rest } = outage;
  const iso = (at: number) => new Date(at).toISOString();
  const told = Object.fromEntries(
    instants.flatMap(name => {
      const at = outage[name];
      return at === undefined ? [] : [[name, iso(at)]];
    }),
  );
  return {
    ...rest,
    ...told,
    startedAt: iso(outage.startedAt),
    ...(cause && { cause: { ...cause, liveAt: iso(cause.liveAt) } }),
  } as OutageTruth;
}
