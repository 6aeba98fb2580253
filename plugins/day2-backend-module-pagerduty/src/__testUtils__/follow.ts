import type { Observation } from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import type { PagerdutySource } from '../PagerdutySource';
import { at } from './Company';

/** Runs one source again and again, as the hub does, and keeps what it leaves. */
export function follow(source: PagerdutySource, startsAt = at(0)) {
  const ledger = ObservationLedger.create();
  let cursor: Awaited<ReturnType<typeof collect>>['cursor'];
  let now = startsAt;
  return {
    ledger,
    cursor: () => cursor as Record<string, any>,
    said: (key: string) =>
      ledger.observations.find(each => each.key === key) as
        | Record<string, any>
        | undefined,
    keys: (kind: Observation['kind']) =>
      ledger.observations
        .filter(each => each.kind === kind)
        .map(({ key }) => key),
    /** Goes to a time (minutes after the start of the story) and reads. */
    async run(minutes: number, options: { reread?: boolean } = {}) {
      now = at(minutes);
      const run = await collect(source, { cursor, now: () => now, ...options });
      run.batches.forEach(batch => ledger.apply(batch));
      ({ cursor } = run);
      if (run.error) {
        throw run.error;
      }
      return {
        batches: run.batches,
        observations: run.batches.flatMap(batch => batch.observations),
        rejected: run.batches.flatMap(batch => batch.rejected ?? []),
        notices: run.batches.findLast(batch => batch.notices)?.notices,
      };
    },
  };
}
