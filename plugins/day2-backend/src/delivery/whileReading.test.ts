import { TestDatabases } from '@backstage/backend-test-utils';
import type { Scoreboard } from '@day2/backstage-plugin-day2-common';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { until } from '../__testUtils__/gitopsHub';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 24 * 3600_000;

describe.each(databases.eachSupportedId())('while it is read, on %p', id => {
  it('states nothing as none, compares nothing, and says what is read and what fails', async () => {
    let end: () => void = () => {};
    const ended = new Promise<void>(resolve => {
      end = resolve;
    });
    const hub = await startHub({
      database: await databases.init(id),
      entities: () => [component('cart', 'storefront')],
      sources: [
        sourceOf({
          id: 'git:late',
          everySeconds: 10,
          async *pull() {
            yield { observations: [], cursor: { at: 1 } };
            await ended;
            yield { observations: [], cursor: { at: 2 } };
          },
        }),
        sourceOf({
          id: 'git:ill',
          async *pull() {
            throw new SourceError({
              code: 'credential-refused',
              message: 'token expired',
            });
          },
        }),
      ],
    });
    const post = (version: string, days: number) =>
      hub
        .call('post', '/deployments', people.service)
        .set('idempotency-key', version)
        .send({
          service: 'component:default/cart',
          environment: 'production',
          version,
          finishedAt: new Date(Date.now() - days * DAY).toISOString(),
        })
        .expect(202);
    await post('v1', 20);
    await post('v2', 21);
    const board = async (): Promise<Scoreboard> =>
      (
        await hub
          .call('get', '/scoreboard', people.platform)
          .query({ trend: true })
          .expect(200)
      ).body;
    const standing = async () => (await board()).sources!;
    const fleet = async () =>
      (await hub.call('get', '/fleet', people.platform).expect(200)).body;
    const frequency = ({ total }: Scoreboard) => total.figures[0];

    await until(async () => (await standing()).problems.length > 0);
    const reading = await board();
    expect(reading.sources).toMatchObject({
      total: 2,
      fine: 0,
      problems: [
        {
          source: 'git:ill',
          title: 'ill',
          code: 'credential-refused',
          text: expect.stringContaining('token expired'),
          since: expect.any(String),
        },
      ],
    });
    expect([...(await standing()).reading].sort()).toEqual(['ill', 'late']);
    expect(reading.asOf).toBeUndefined();
    expect(reading.comparedWith).toBeUndefined();
    for (const row of [reading.total, ...reading.items]) {
      for (const { figure, previous, change, survey } of row.figures) {
        expect([figure.value, previous, change, survey]).toEqual(
          Array(4).fill(undefined),
        );
        expect(figure.reason).toMatch(/^Not read to its end yet/);
      }
    }
    expect(await fleet()).toMatchObject({
      // And the SLO files of the catalog, which the scoreboard does not need.
      sources: {
        total: 3,
        reading: expect.arrayContaining(['ill', 'late']),
        problems: reading.sources?.problems,
      },
      items: [{ changes: { state: 'unknown', headline: 'Not read yet' } }],
    });
    expect((await fleet()).asOf).toBeUndefined();
    const { body: own } = await hub
      .call('get', '/services/component/default/cart/delivery', people.platform)
      .expect(200);
    // It is posted: no source that is still read says anything of it.
    expect(own.sources).toEqual({
      total: 0,
      fine: 0,
      reading: [],
      problems: [],
    });
    expect(own.row.figures[0]).toMatchObject({
      figure: { value: 0, n: 0 },
      change: { direction: 'worse' },
    });

    end();
    await hub
      .call('post', '/sources/git:ill/control', people.platform)
      .send({ action: 'pause' })
      .expect(200);
    await until(async () => (await standing()).reading.length === 0);
    const read = await board();
    expect(frequency(read)).toMatchObject({
      figure: { value: 0, n: 0 },
      previous: { n: 2 },
      change: { direction: 'worse' },
    });
    expect(read.comparedWith).toBeDefined();
    expect(Date.parse(read.asOf!)).toBeGreaterThan(Date.now() - DAY);
    expect((await fleet()).items).toMatchObject([
      { changes: { state: 'empty' } },
    ]);
    await hub.stop();
  });
});
