import {
  measuredOf,
  measureOf,
  SLOT_MS,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { seriesOfServices, unplannedSlots } from './seriesOfServices';
import { dayOf, slotStore } from './slotStore';

const WINDOW_MS = 3_600_000;

/** A service at an instant, e.g. when a deployment of it was finished. */
export interface AskedPlace {
  serviceId: string;
  /** Epoch milliseconds. */
  at: number;
  /** What lies before it began then; else at `at`: epoch milliseconds. */
  since?: number;
}

/** Shares of bad events over equal times before and after an instant. */
export interface ErrorsAround {
  before: number;
  after: number;
}

/**
 * The shares of bad events of services before and after instants, an hour each
 * or as much as is known after it: by the objective that was worst after it.
 * Planned downtime is out of both.
 *
 * @param options - `until`: nothing after it counts, e.g. when an incident ended
 * @returns in the order asked for; nothing where there was no traffic on one of
 * both sides, or nothing is known
 */
export async function errorsAround(options: {
  database: Knex;
  places: AskedPlace[];
  until?: number;
}): Promise<(ErrorsAround | undefined)[]> {
  const { database, places, until = Infinity } = options;
  const seriesOf = await seriesOfServices(
    database,
    places.map(({ serviceId }) => serviceId),
  );
  const found = new Map<AskedPlace, ErrorsAround | undefined>();
  // By day, so that what is read at once does not grow with the time between.
  for (const ofDay of byDay(places)) {
    const instants = ofDay.flatMap(({ at, since = at }) => [at, since]);
    const slots = await slotStore.slots(database, {
      seriesIds: [
        ...new Set(
          ofDay
            .flatMap(each => seriesOf.get(each.serviceId) ?? [])
            .map(({ id }) => id),
        ),
      ],
      from: Math.min(...instants) - WINDOW_MS - SLOT_MS,
      to: Math.max(...instants) + WINDOW_MS + SLOT_MS,
    });
    for (const place of ofDay) {
      const all = (seriesOf.get(place.serviceId) ?? []).flatMap(
        each =>
          around(unplannedSlots(slots.get(each.id)!, each), place, until) ?? [],
      );
      all.sort((a, b) => b.after - a.after || a.before - b.before);
      found.set(place, all[0]);
    }
  }
  return places.map(place => found.get(place));
}

function around(
  slots: SlotSeries,
  { at, since = at }: AskedPlace,
  until: number,
): ErrorsAround | undefined {
  // The slot it is in has something of both.
  const from = Math.floor(since / SLOT_MS) * SLOT_MS;
  const begin = Math.ceil(at / SLOT_MS) * SLOT_MS;
  const to = Math.min(begin + WINDOW_MS, until, knownTo(slots));
  const measured = measuredOf({ slots, budgeting: { method: 'occurrences' } });
  const after = measureOf(measured, { from: begin, to });
  const before = measureOf(measured, { from: from - (to - begin), to: from });
  return to > begin && after.kind === 'measured' && before.kind === 'measured'
    ? { before: before.bad / before.total, after: after.bad / after.total }
    : undefined;
}

function knownTo({ from, total }: SlotSeries): number {
  const last = total.findLastIndex(each => !Number.isNaN(each));
  return from + (last + 1) * SLOT_MS;
}

function byDay(places: AskedPlace[]): AskedPlace[][] {
  const days = new Map<number, AskedPlace[]>();
  for (const place of places) {
    const day = dayOf(place.at);
    days.set(day, [...(days.get(day) ?? []), place]);
  }
  return [...days.values()];
}
