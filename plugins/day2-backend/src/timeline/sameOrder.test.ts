import { TestDatabases } from '@backstage/backend-test-utils';
import {
  change,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { ChangeReads } from '../changes/ChangeReads';
import { DeploymentReads } from '../deployments/DeploymentReads';
import { PersonReads } from '../persons/PersonReads';
import { TimelineReads } from './TimelineReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const all = { kind: 'all' } as const;

// Clocks of committers run ahead and behind; three of four share a second.
const times = Array.from({ length: 12 }, (_, i) =>
  i % 4 === 0 ? 9_000 - i * 100 : 5_000,
);

describe.each(databases.eachSupportedId())('order on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
    await hub.observe(
      'git:a',
      times.flatMap((at, i) => [
        change({
          key: `c${i}`,
          at,
          repository: 'payments',
          sha: shaOf(i),
          touches: [repositoryTouch('payments')],
        }),
        deployment({
          key: `d${i}`,
          versionName: `${i}.0.0`,
          finishedAt: at,
          order: i,
        }),
      ]),
    );
    await hub.derive();
  });

  /** Every page, three entries each. */
  async function walk<T>(
    list: (cursor?: string) => Promise<{ items: T[]; nextCursor?: string }>,
  ): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(cursor);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  it.each(['change', 'deployment'] as const)(
    'of each %s is the same in its list and in the timeline, page by page',
    async kind => {
      const { database } = hub;
      const persons = PersonReads.create({ database });
      const timeline = TimelineReads.create({ database, persons });
      const changes = ChangeReads.create({ database, persons });
      const deployments = DeploymentReads.create({ database, persons });
      const asked = { serviceId: 'a', range: { from: 0, to: 1e12 }, limit: 3 };
      const lines = await walk(cursor =>
        timeline.list({ ...asked, kinds: [kind], cursor }),
      );
      const records = await walk<{ id: string }>(cursor =>
        kind === 'change'
          ? changes.list({ ...asked, visibleAmong: async () => all, cursor })
          : deployments.list({ ...asked, cursor }),
      );
      expect(records).toHaveLength(times.length);
      expect(lines.map(({ recordId }) => recordId)).toEqual(
        records.map(record => record.id),
      );
      // By the time it landed, whatever the branch says of the order.
      expect(lines.map(({ at }) => Date.parse(at))).toEqual(
        [...times].sort((a, b) => b - a),
      );
    },
  );
});
