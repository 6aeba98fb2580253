import type { DeliveryInput } from './delivery';

/**
 * Which deployments of a sequence are one deployment to the figures: those that
 * one event began, as one sync of several images, or of Git alone one commit
 * (ADR 12). Positions; the one that stands for all of them is the first.
 *
 * @remarks Two versions of one image are two, whatever began them.
 *
 * @param sequence - all of it, in order
 *
 * @public
 */
export function eventsOf(
  sequence: readonly Pick<DeliveryInput, 'event' | 'line'>[],
): number[][] {
  const events = new Map<string, number[]>();
  const times = new Map<string, number>();
  sequence.forEach(({ event, line }, at) => {
    const own = `${event}\0${line}`;
    const before = times.get(own) ?? 0;
    times.set(own, before + 1);
    const name = `${event}\0${before}`;
    events.set(name, [...(events.get(name) ?? []), at]);
  });
  // By name: which of several images is the largest changes with time.
  const nameOf = (at: number) => sequence[at].line;
  return [...events.values()].map(places =>
    places.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  );
}
