import { TestDatabases } from '@backstage/backend-test-utils';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { until } from '../__testUtils__/gitopsHub';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const service = '/services/component/default/cart';

describe('who may read no source', () => {
  it('is told how sources stand that feed nothing of theirs, and not what they are', async () => {
    const hub = await startHub({
      database: await databases.init('SQLITE_3'),
      entities: () => [component('cart', 'storefront')],
      sources: [
        sourceOf({
          id: 'git:merger-plans',
          async *pull() {
            throw new SourceError({
              code: 'not-found',
              message:
                'https://git.example.com/board/merger-plans is not there',
            });
          },
        }),
      ],
    });
    const read = async (path: string, person: string) =>
      (await hub.call('get', path, person).expect(200)).body;
    await until(
      async () =>
        (await read('/scoreboard', people.other)).sources.problems.length > 0,
    );

    const toldToReaders = [
      '/scoreboard',
      '/fleet',
      `${service}/summary`,
      `${service}/delivery`,
      `${service}/deployments`,
    ];
    const silent = [
      `${service}/changes`,
      `${service}/timeline`,
      `${service}/gitops`,
    ];
    for (const path of [...toldToReaders, ...silent]) {
      expect(JSON.stringify(await read(path, people.unaware))).not.toContain(
        'merger',
      );
    }
    // It would show nothing if nobody were told.
    for (const path of toldToReaders) {
      expect(JSON.stringify(await read(path, people.other))).toContain(
        'merger',
      );
    }
    await until(
      async () => (await read('/fleet', people.unaware)).sources.fine > 0,
    );
    expect((await read('/fleet', people.unaware)).sources).toEqual({
      // The SLO files of the catalog are the other one.
      total: 2,
      fine: 1,
      reading: ['Source 1'],
      problems: [
        {
          source: 'Source 1',
          title: 'Source 1',
          code: 'not-found',
          text: expect.stringContaining('day2.source.read'),
          since: expect.any(String),
        },
      ],
    });
    await hub.call('get', '/sources', people.unaware).expect(403);
    await hub.stop();
  });
});
