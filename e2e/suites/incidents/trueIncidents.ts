import type { OutageTruth, Truth } from '@day2/sandbox';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** After its end an incident takes in what opens within so long. */
const again = 5 * MINUTE;

/** What the portal should show of outages of one service that hang together. */
export interface TrueIncident {
  service: string;
  outages: OutageTruth[];
  /** As PagerDuty tells them, in whole seconds. */
  detectedAt: string;
  acknowledgedAt?: string;
  resolvedAt?: string;
}

/**
 * The incidents of the company that were noticed at an instant or after, oldest
 * first, worked out from its outages: those of a service are one where the later
 * was noticed before five minutes after the end of the earlier, and within a day
 * of it.
 */
export function trueIncidents(options: {
  truth: Truth;
  /** Epoch milliseconds. */
  since: number;
}): TrueIncident[] {
  const noticed = options.truth.outages
    .filter(
      ({ detectedAt }) =>
        detectedAt !== undefined && Date.parse(detectedAt) >= options.since,
    )
    .sort((a, b) => a.detectedAt!.localeCompare(b.detectedAt!));
  const groups: OutageTruth[][] = [];
  for (const outage of noticed) {
    const at = Date.parse(outage.detectedAt!);
    const group = groups.find(each =>
      each.some(
        ({ detectedAt, resolvedAt, service }) =>
          service === outage.service &&
          at - Date.parse(detectedAt!) <= DAY &&
          (!resolvedAt || at <= Date.parse(resolvedAt) + again),
      ),
    );
    if (group) {
      group.push(outage);
    } else {
      groups.push([outage]);
    }
  }
  return groups.map(outages => ({
    service: outages[0].service,
    outages,
    detectedAt: seconds(outages[0].detectedAt)!,
    acknowledgedAt: outages
      .flatMap(({ acknowledgedAt }) => seconds(acknowledgedAt) ?? [])
      .sort()[0],
    ...(outages.every(({ resolvedAt }) => resolvedAt) && {
      resolvedAt: outages
        .flatMap(({ resolvedAt }) => seconds(resolvedAt) ?? [])
        .sort()
        .at(-1),
    }),
  }));
}

/** The instant of its second. */
function seconds(at: string | undefined): string | undefined {
  return at && `${at.slice(0, 19)}Z`;
}
