import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeliveryRecord } from '@day2/backstage-plugin-day2-common';
import { component, people } from './__testUtils__/people';
import { startHub } from './__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 24 * 3600_000;
const START = Math.floor(Date.now() / DAY) * DAY - 20 * DAY;

describe.each(databases.eachSupportedId())(
  'what is posted as unplanned on %p',
  id => {
    let hub: Awaited<ReturnType<typeof startHub>>;

    beforeAll(async () => {
      hub = await startHub({
        database: await databases.init(id),
        entities: () => [component('label-printer', 'payments')],
      });
    });

    afterAll(async () => {
      await hub.stop();
    });

    const post = (version: string, day: number, more: object = {}) =>
      hub
        .call('post', '/deployments', people.service)
        .set('idempotency-key', `run-${version}`)
        .send({
          service: 'component:default/label-printer',
          environment: 'production',
          version,
          finishedAt: new Date(START + day * DAY).toISOString(),
          ...more,
        });

    async function rows(metric: string): Promise<string[]> {
      const { body } = await hub
        .call('get', '/scoreboard/records', people.owner)
        .query({
          metric,
          role: 'numerator',
          grouping: 'service',
          ref: 'component:default/label-printer',
          from: new Date(START).toISOString(),
          to: new Date(START + 20 * DAY).toISOString(),
        })
        .expect(200);
      return (body.items as DeliveryRecord[]).map(
        ({ version, reasons }) =>
          `${version}: ${reasons.map(({ text }) => text).join('; ')}`,
      );
    }

    it('is rework, by the word of its poster, and blames what it names', async () => {
      await post('1.0', 1).expect(202);
      await post('1.1', 3).expect(202);
      await post('1.2', 5).expect(202);
      const fix = { unplanned: { as: 'fix', of: '1.1' } };
      const { body } = await post('1.3', 9, fix).expect(202);
      // Within a day of the one that it replaces, and naming nobody.
      await post('1.4', 9.5, { unplanned: { as: 'emergency' } }).expect(202);

      const read = await hub.call(
        'get',
        `/deployments/${body.deploymentId}`,
        people.owner,
      );
      expect(read.body.deployment).toMatchObject({
        unplanned: true,
        unplannedReasons: [
          { code: 'fix', text: 'Its poster says so: it is a fix of 1.1' },
        ],
      });
      expect(await rows('deploymentReworkRate')).toEqual([
        '1.4: Its poster says so: it is an emergency',
        '1.3: Its poster says so: it is a fix of 1.1',
      ]);
      expect(await rows('changeFailRate')).toEqual([
        '1.3: 1.4, which is marked as a fix, replaced it within 24 h',
        '1.1: Who posted 1.3 says that it mends this one',
      ]);

      // The same again changes nothing; another word under its key is refused.
      const again = await post('1.3', 9, fix).expect(200);
      expect(again.body).toEqual({ ...body, repeated: true });
      await post('1.3', 9).expect(409);
      await post('1.3', 9, { unplanned: { as: 'hotfix' } }).expect(409);
      expect(await rows('changeFailRate')).toHaveLength(2);
    });

    it('is told late as well as in time', async () => {
      await post('1.2.1', 6, { unplanned: { as: 'hotfix', of: '1.2' } });
      expect((await rows('changeFailRate')).at(1)).toBe(
        '1.2: Who posted 1.2.1 says that it mends this one',
      );
      expect(await rows('deploymentReworkRate')).toHaveLength(3);
    });

    it.each([
      [{ as: 'oops' }, /body\.unplanned\.as: .*hotfix.*fix/],
      [{ as: 'fix' }, /body\.unplanned\.of: missing; a fix names the version/],
      [
        { as: 'hotfix', of: '9' },
        /unplanned\.of: is the version deployed itself/,
      ],
      ['hotfix', /body\.unplanned: /],
    ])('is refused as %j', async (unplanned, message) => {
      const { status, body } = await post('9', 12, { unplanned });
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
    });

    it('of a CDEvent that is a rollback is by the word of its sender', async () => {
      const at = new Date(START + 14 * DAY).toISOString();
      await hub
        .call('post', '/events', people.service)
        .set('content-type', 'application/cloudevents+json')
        .send(
          JSON.stringify({
            specversion: '1.0',
            id: 'e-9',
            source: '/ci',
            type: 'dev.cdevents.service.rolledback.0.3.0',
            data: {
              context: { timestamp: at },
              subject: {
                id: 'component:default/label-printer',
                content: {
                  environment: { id: 'production' },
                  artifactId: 'pkg:oci/label-printer@1.5',
                },
              },
            },
          }),
        )
        .expect(202);
      expect((await rows('deploymentReworkRate')).at(0)).toBe(
        '1.5: Its poster says so: it is a rollback',
      );
    });
  },
);
