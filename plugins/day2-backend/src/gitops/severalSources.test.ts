import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { application, mirrorOf, synced } from '../__testUtils__/applications';
import { deployment, shaOf } from '../__testUtils__/observations';
import { testEnvironments, TestHub } from '../__testUtils__/testHub';
import { DeriveWorker } from '../derive';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const chartsUrl = 'https://git.tern.example/tern/charts.git';
const valuesUrl = 'https://git.tern.example/tern/values.git';
const chart = (n: number) => shaOf(`chart ${n}`);
const value = (n: number) => shaOf(`values ${n}`);
const file = 'production/cart.yaml';

/** The chart is another at its third commit, the values of cart at their second. */
const mirrors = [
  mirrorOf({
    name: 'charts',
    urls: [chartsUrl],
    commits: Object.fromEntries(
      [1, 2, 3].map(n => [
        chart(n),
        { position: n, trees: { 'charts/service': n < 3 ? 'same' : 'other' } },
      ]),
    ),
  }),
  mirrorOf({
    name: 'values',
    urls: [valuesUrl],
    commits: Object.fromEntries(
      [1, 2, 3].map(n => [
        value(n),
        { position: n, trees: { [file]: n < 2 ? 'v1' : 'v2' } },
      ]),
    ),
  }),
];

/** An application of a chart and of values that are elsewhere; synced at the first of both. */
const wanting = (wanted: { chart: number; value: number }) =>
  application({
    uid: 'cart',
    origins: [
      {
        repository: chartsUrl,
        path: 'charts/service',
        desiredRevision: chart(wanted.chart),
        syncedRevision: chart(1),
      },
      {
        repository: valuesUrl,
        paths: [file],
        desiredRevision: value(wanted.value),
        syncedRevision: value(1),
      },
    ],
  });

describe.each(databases.eachSupportedId())(
  'an application whose values are in another repository, on %p',
  id => {
    async function hubOf(options: {
      sources: typeof mirrors;
      wanted: Parameters<typeof wanting>[0];
    }) {
      const hub = await TestHub.create(await databases.init(id));
      await hub.addService({ id: 'cart', ref: 'component:default/cart' });
      await hub.observe('git:values', [
        ...[1, 2].map(n =>
          deployment({
            key: `${value(n)}:deployment:cart`,
            application: 'cart',
            versionName: `v${n}`,
            finishedAt: n * 1000,
            order: n,
            rollout: 'unknown',
            manifestRevision: { repository: 'values', sha: value(n) },
          }),
        ),
      ]);
      await hub.observe('argocd:eu', [
        wanting(options.wanted),
        ...[1, 3].map(n =>
          synced({
            uid: 'cart',
            sha: chart(n),
            key: `cart:${n}`,
            manifestRevision: { repository: chartsUrl, sha: chart(n) },
            otherRevisions: [{ repository: valuesUrl, sha: value(n) }],
            versionName: undefined,
            finishedAt: n * 1000 + 500,
          }),
        ),
      ]);
      await DeriveWorker.create({
        database: hub.database,
        environments: testEnvironments,
        logger: mockServices.logger.mock(),
        now: () => hub.time,
        sources: () => options.sources,
      }).runUntilIdle();
      return hub.database;
    }

    it.each([
      [
        'another chart',
        mirrors,
        { chart: 3, value: 1 },
        'pending',
        'charts/service asks',
      ],
      [
        'other values',
        mirrors,
        { chart: 1, value: 2 },
        'pending',
        `${valuesUrl} asks`,
      ],
      [
        'commits to others alone',
        mirrors,
        { chart: 2, value: 1 },
        'drifted',
        'asks for the same',
      ],
      [
        'values that no source reads',
        mirrors.slice(0, 1),
        { chart: 2, value: 2 },
        'out-of-sync',
        `${valuesUrl} is no Git source`,
      ],
      [
        'a chart that no source reads, and the same values',
        mirrors.slice(1),
        { chart: 1, value: 2 },
        'pending',
        `${valuesUrl} asks`,
      ],
    ])('%s', async (_, sources, wanted, sync, words) => {
      const database = await hubOf({ sources, wanted });
      const [row] = await database('application');
      expect(row.sync).toBe(sync);
      expect(JSON.parse(row.record).syncReasons[0].text).toContain(words);
    });

    it('has the versions that the values ask for', async () => {
      const database = await hubOf({
        sources: mirrors,
        wanted: { chart: 3, value: 3 },
      });
      const rows = await database('deployment').orderBy('finished_at');
      expect(
        rows.map(row => [
          row.version,
          Number(row.finished_at),
          row.manifest_sha,
        ]),
      ).toEqual([
        ['v1', 1_500, value(1)],
        ['v2', 3_500, value(2)],
      ]);
      const known = await database('git_revision').orderBy([
        'mirror',
        'position',
      ]);
      expect(known.map(row => `${row.mirror} ${row.position}`)).toEqual([
        'charts 1',
        'charts 3',
        'values 1',
        'values 3',
      ]);
    });
  },
);
