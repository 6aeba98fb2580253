import type { Observation } from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './createSource';
import type { FakeArgocd } from './FakeArgocd';

/** Runs one source again and again, as the hub does, and keeps what it leaves. */
export function followSource({
  fake,
  source = createSource({ url: fake.url }),
}: {
  fake: FakeArgocd;
  source?: ReturnType<typeof createSource>;
}) {
  const ledger = ObservationLedger.create();
  let cursor: Awaited<ReturnType<typeof collect>>['cursor'];
  let now = Date.UTC(2026, 1, 1);
  return {
    ledger,
    keys: (kind?: Observation['kind']) =>
      ledger.observations
        .filter(observation => !kind || observation.kind === kind)
        .map(({ key }) => key),
    async run(options: { later?: number } = {}) {
      now += options.later ?? 60_000;
      fake.requests.length = 0;
      const run = await collect(source, { cursor, now: () => now });
      run.batches.forEach(batch => ledger.apply(batch));
      cursor = run.cursor;
      if (run.error) {
        throw run.error;
      }
      return {
        observations: run.batches.flatMap(batch => batch.observations),
        notices: run.batches.at(-1)?.notices,
        batches: run.batches,
        read: fake.requests.filter(request =>
          request.includes('/api/v1/applications/'),
        ),
      };
    },
  };
}
