import { TestDatabases } from '@backstage/backend-test-utils';
import {
  SourceError,
  type DeploymentObservation,
} from '@day2/backstage-plugin-day2-node';
import { setTimeout } from 'node:timers/promises';
import { component, people } from './__testUtils__/people';
import { sourceOf, startHub } from './__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const observation = (
  version: string,
  finishedAt: number,
): DeploymentObservation => ({
  kind: 'deployment',
  key: `${version}:cart`,
  version: 1,
  subject: {
    key: 'apps/cart/overlays/prod',
    kind: 'application',
    traits: { repository: 'gitops', path: 'apps/cart', application: 'cart' },
  },
  environment: 'prod',
  versionName: version,
  finishedAt,
  basis: 'desired',
  rollout: 'succeeded',
});

describe.each(databases.eachSupportedId())('a source on %p', id => {
  it('reaches the page of its service, and says so when it fails', async () => {
    let refused = false;
    const hub = await startHub({
      database: await databases.init(id),
      entities: () => [component('cart', 'storefront')],
      sources: [
        sourceOf({
          id: 'git:gitops',
          async *pull() {
            if (refused) {
              throw new SourceError({
                code: 'credential-refused',
                message: 'The token is not accepted',
                fix: 'Renew it',
              });
            }
            yield {
              observations: [
                observation('1.0', Date.now() - 7_200_000),
                observation('1.1', Date.now() - 3_600_000),
              ],
              cursor: { at: 1 },
            };
          },
        }),
      ],
    });
    const summary = async () =>
      (
        await hub.call(
          'get',
          '/services/component/default/cart/summary',
          people.other,
        )
      ).body;
    const until = async (holds: (body: any) => boolean) => {
      const end = Date.now() + 20_000;
      for (;;) {
        const body = await summary();
        if (holds(body) || Date.now() > end) {
          return body;
        }
        await setTimeout(50);
      }
    };

    expect(await until(body => body.header?.running.length > 0)).toMatchObject({
      environment: 'production',
      asOf: expect.any(String),
      sources: { total: 1, fine: 1, problems: [] },
      header: { running: [{ environment: 'production', version: '1.1' }] },
      tiles: { changes: { detail: '2 deployments' } },
    });

    refused = true;
    await hub
      .call('post', '/sources/git:gitops/control', people.platform)
      .send({ action: 'run' })
      .expect(200);
    expect(
      await until(body => body.sources?.problems.length > 0),
    ).toMatchObject({
      // What it said before stays, with its age.
      header: { running: [{ version: '1.1' }] },
      sources: {
        fine: 0,
        problems: [{ source: 'git:gitops', code: 'credential-refused' }],
      },
    });
    const { body } = await hub.call('get', '/sources', people.platform);
    expect(body).toMatchObject({
      canManage: true,
      items: expect.arrayContaining([
        expect.objectContaining({
          id: 'git:gitops',
          state: 'failing',
          error: expect.objectContaining({ fix: 'Renew it' }),
        }),
      ]),
    });
    await hub.stop();
  });
});
