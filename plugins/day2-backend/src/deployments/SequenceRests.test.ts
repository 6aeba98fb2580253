import { TestDatabases } from '@backstage/backend-test-utils';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { differences, dumpTables } from '../__testUtils__/dumpTables';
import { randomOf, shuffledWorld } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';
import { SequenceRests } from './SequenceRests';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const LONG = 1_000;

it('a sequence rests by its length, a short one never, none for over a minute', () => {
  let time = 0;
  const rests = SequenceRests.create({ now: () => time });
  rests.begin('short', LONG - 1);
  rests.begin('long', 5_000);
  rests.begin('longest', 1_000_000);
  expect(
    ['short', 'long', 'longest', 'other'].map(key => rests.until(key)),
  ).toEqual([undefined, 5_000, 60_000, undefined]);
  time = 5_000;
  expect(rests.until('long')).toBeUndefined();
  expect(rests.until('longest')).toBe(60_000);
});

describe.each(databases.eachSupportedId())('a long sequence on %s', id => {
  async function hubWithService(): Promise<TestHub> {
    const hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
    return hub;
  }

  const many = (size: number) =>
    Array.from({ length: size }, (_, i) =>
      deployment({ key: `d${i}`, versionName: `${i}`, finishedAt: i * 1000 }),
    );

  it('is derived at one go with what came while it rested', async () => {
    const hub = await hubWithService();
    const count = async () => (await hub.database('deployment')).length;
    await hub.observe('git:a', many(LONG));
    await hub.derive();
    expect(await count()).toBe(LONG);

    await hub.observe('git:a', many(LONG + 300).slice(LONG));
    await hub.derive();
    expect(await count()).toBe(LONG);
    expect(await hub.worker.pending()).toMatchObject({ sequences: 1 });
    // Others are not kept by it.
    await hub.observe('git:a', [
      deployment({
        key: 'other',
        versionName: '1',
        finishedAt: 1,
        environment: 'staging',
      }),
    ]);
    await hub.derive();
    expect(await count()).toBe(LONG + 1);

    hub.time += LONG;
    await hub.derive();
    expect(await count()).toBe(LONG + 301);
    expect(await hub.worker.pending()).toMatchObject({ sequences: 0 });
  });

  it.each([1, 2])(
    'comes to the same in slices and in rests as at once: seed %d',
    async seed => {
      const random = randomOf(seed);
      const shas = Array.from({ length: 300 }, (_, i) =>
        (i + 1).toString(16).padStart(4, '0').repeat(10),
      );
      const history = [
        change({
          key: 'repository',
          at: 1,
          repository: 'payments',
          sha: shaOf('r'),
          touches: [repositoryTouch('payments')],
        }),
        ...shas.map((sha, position) =>
          commit({
            sha,
            position,
            parents: position > 0 ? [shas[position - 1]] : [],
          }),
        ),
        // Forward mostly, back at times, some that failed, two targets.
        ...Array.from({ length: 1_400 }, (_, i) => {
          const back = random() < 0.1 ? Math.floor(random() * 40) : 0;
          const at = Math.max(0, Math.floor((i * 300) / 1_400) - back);
          return deployment({
            key: `d${i}`,
            versionName: `1.0-${shas[at].slice(0, 8)}-${
              random() < 0.7 ? i : 0
            }`,
            applicationRevision: { sha: shas[at].slice(0, 8), found: 'Told' },
            target: random() < 0.5 ? 'eu-1' : 'us-1',
            finishedAt: Math.floor(i / 2) * 1000,
            order: i,
            basis: 'synced',
            rollout: random() < 0.05 ? 'failed' : 'succeeded',
          });
        }),
      ];
      const atOnce = await hubWithService();
      await atOnce.observe('git:a', history);
      await atOnce.derive();

      const sliced = await hubWithService();
      const slices = shuffledWorld(history, seed);
      let rested = 0;
      for (let from = 0; from < slices.length; from += 110) {
        await sliced.observe('git:a', slices.slice(from, from + 110));
        await sliced.derive();
        rested += (await sliced.worker.pending()).sequences;
        sliced.time += Math.floor(random() * 900);
      }
      sliced.time += 60_000;
      await sliced.derive();
      expect(rested).toBeGreaterThan(0);
      expect(await sliced.worker.pending()).toMatchObject({ sequences: 0 });
      const without = {
        without: [
          'source.cursor',
          'source.progress',
          'hub_state.value',
          'subject.match_due',
          'record_alias.at',
        ],
      };
      const expected = await dumpTables(atOnce.database, without);
      expect(expected.deployment.length).toBeGreaterThan(LONG);
      expect(
        expected.deployment_commit.filter(row => /"first":"(1|true)"/.test(row))
          .length,
      ).toBeGreaterThan(100);
      expect(
        differences(await dumpTables(sliced.database, without), expected),
      ).toEqual({});
    },
  );
});
