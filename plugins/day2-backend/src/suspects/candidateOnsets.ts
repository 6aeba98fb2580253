import {
  DAY_MS,
  healthyMsBefore,
  onsetOf,
  SLOT_MS,
  SUSPECT_RULES,
  type Onset,
  type SlotSeries,
  type SuspectCandidate,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { joinRanges } from '../objectives/ranges';
import {
  seriesOfServices,
  unplannedSlots,
} from '../objectives/seriesOfServices';
import { slotStore } from '../objectives/slotStore';

const HOUR_MS = 3_600_000;

/** An onset, and the slots that tell it. */
interface ToldOnset {
  onset: Onset;
  slots: SlotSeries;
}

/**
 * Since when errors were clearly more when an incident was noticed, as each
 * candidate is judged by it: of a service's objectives the one that tells it
 * most clearly; of the services that are hit the nearest, of those as near the first.
 *
 * @param options - `hopsFrom`: by service that is hit, how many steps services are
 * away from it; `noticedAt`, `until`: epoch milliseconds,
 * nothing from `until` on counts
 * @returns by the candidate's id; those of which nothing is known are left out
 */
export async function candidateOnsets(
  database: Knex,
  options: {
    candidates: readonly SuspectCandidate[];
    hopsFrom: ReadonlyMap<string, ReadonlyMap<string, number>>;
    noticedAt: number;
    until: number;
  },
): Promise<Map<string, NonNullable<SuspectCandidate['onset']>>> {
  const { candidates, hopsFrom, noticedAt, until } = options;
  const seriesOf = await seriesOfServices(database, [
    ...new Set([
      ...hopsFrom.keys(),
      ...candidates.map(({ serviceId }) => serviceId),
    ]),
  ]);
  const slots = await slotStore.slots(database, {
    seriesIds: [...new Set([...seriesOf.values()].flat().map(({ id }) => id))],
    from: floorSlot(noticedAt - DAY_MS - HOUR_MS),
    to: floorSlot(noticedAt) + 2 * SLOT_MS,
  });
  const told = new Map<string, ToldOnset | 'none'>();
  for (const [serviceId, series] of seriesOf) {
    const own = series.map(each => ({
      slots: unplannedSlots(slots.get(each.id)!, each),
      excluded: each.excluded,
    }));
    const [clearest] = own
      .flatMap(each => {
        const onset = onsetOf({ slots: each.slots, at: noticedAt, until });
        return onset
          ? [{ onset: afterPlanned(onset, each.excluded), slots: each.slots }]
          : [];
      })
      .sort((a, b) => b.onset.evidence - a.onset.evidence);
    if (clearest) {
      told.set(serviceId, clearest);
    } else if (own.some(each => isMeasured(each.slots, noticedAt, until))) {
      told.set(serviceId, 'none');
    }
  }
  /** Of the nearest that tells: older trouble of another says nothing of it. */
  const hitOf = (serviceId: string): ToldOnset | undefined => {
    const [nearest] = [...hopsFrom]
      .flatMap(([hit, steps]) => {
        const own = told.get(hit);
        const away = steps.get(serviceId) ?? Infinity;
        return own && own !== 'none' ? [{ own, away }] : [];
      })
      .sort((x, y) =>
        x.away === y.away
          ? x.own.onset.from - y.own.onset.from
          : x.away - y.away,
      );
    return nearest?.own;
  };
  return new Map(
    candidates.flatMap(candidate => {
      const ofService = told.get(candidate.serviceId);
      const own =
        ofService === 'none' ? ofService : judgedBy(candidate, ofService);
      const ofHit = judgedBy(candidate, hitOf(candidate.serviceId));
      return own || ofHit ? [[candidate.id, { own, hit: ofHit }]] : [];
    }),
  );
}

/** What fails in planned downtime is no trouble: that begins after it at the earliest. */
function afterPlanned(onset: Onset, excluded: readonly TimeRange[]): Onset {
  const from = joinRanges(excluded).reduce(
    (at, each) =>
      each.from <= at && at < each.to
        ? Math.ceil(each.to / SLOT_MS) * SLOT_MS
        : at,
    onset.from,
  );
  return { ...onset, from };
}

function judgedBy(
  { startedAt, finishedAt, landed }: SuspectCandidate,
  told: ToldOnset | undefined,
) {
  if (!told) {
    return undefined;
  }
  const { from, to } = told.onset;
  const since =
    (finishedAt ?? startedAt) + (landed ? SUSPECT_RULES.onset.landedMs : 0);
  return { from, to, healthyMs: healthyMsBefore({ ...told, since }) };
}

/**
 * Errors that were noticed at an instant would show: there was traffic in its slot
 * or one about it, and the last slot in which they may begin is known.
 */
function isMeasured(
  { from, total }: SlotSeries,
  at: number,
  until: number,
): boolean {
  const indexOf = (instant: number) => Math.floor((instant - from) / SLOT_MS);
  const last = Math.min(indexOf(at) + 1, indexOf(until - 1));
  const about = total.subarray(Math.max(0, indexOf(at) - 2), last + 1);
  return !Number.isNaN(total[last]) && about.some(each => each > 0);
}

function floorSlot(at: number): number {
  return Math.floor(at / SLOT_MS) * SLOT_MS;
}
