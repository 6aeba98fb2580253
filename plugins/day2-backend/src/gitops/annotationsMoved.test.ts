import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { application, synced } from '../__testUtils__/applications';
import { shaOf } from '../__testUtils__/observations';
import { component } from '../__testUtils__/people';
import { TestHub } from '../__testUtils__/testHub';
import { PersonReads } from '../persons/PersonReads';
import { serviceFromEntity } from '../services/serviceFromEntity';
import { ServiceRecorder } from '../services/ServiceRecorder';
import { ApplicationReads } from './ApplicationReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const repository = (name: string) => `ghcr.io/tern/${name}`;

/** What Argo CD says of one application, and never again. */
const said = (images: string[]): Observation[] => {
  const subject = {
    key: 'u1',
    kind: 'application' as const,
    traits: {
      instance: 'eu',
      application: 'web',
      resource: { kind: 'Application', name: 'web-production' },
      images: images.map(repository),
    },
  };
  return [
    application({ uid: 'u1', subject, sync: 'synced', origins: [] }),
    ...[1, 2].map(n =>
      synced({
        uid: 'u1',
        sha: shaOf(n),
        subject,
        versionName: undefined,
        finishedAt: n * 1000,
        images: images.map((name, at) => ({
          repository: repository(name),
          tag: `v${n}.${at}`,
        })),
      }),
    ),
  ];
};

describe.each(databases.eachSupportedId())(
  'annotations that change in the catalog, on %p',
  id => {
    let hub: TestHub;

    beforeEach(async () => {
      hub = await TestHub.create(await databases.init(id));
    });

    /** The catalog as it is from now on; nothing else happens. */
    async function catalog(of: Record<string, Record<string, string>>) {
      hub.time += 1000;
      const entities: Entity[] = Object.entries(of).map(([name, annotations]) =>
        component(name, 'payments', annotations),
      );
      await ServiceRecorder.create({ ...hub, now: () => hub.time }).record(
        entities.map(entity => serviceFromEntity(entity)),
      );
      await hub.derive();
    }

    /** Applications, deployments, lines of the timeline and what runs, of each service. */
    async function shown(): Promise<Record<string, unknown>> {
      const { database } = hub;
      const reads = ApplicationReads.create({
        database,
        persons: PersonReads.create({ database }),
      });
      const found: Record<string, unknown> = {};
      for (const { id: serviceId, title } of await database('service')) {
        const of = { service_id: serviceId };
        const places = await reads.placesOf({
          serviceId,
          observers: { ranked: [] },
        });
        const deployments = await database('deployment')
          .where(of)
          .orderBy('finished_at')
          .pluck('version');
        const timeline = await database('timeline').where(of);
        const running = await database('running').where(of).pluck('version');
        const delivered = await database('delivery').where(of);
        found[title] = {
          applications: places.map(({ name }) => name),
          deployments,
          running,
        };
        expect(timeline).toHaveLength(deployments.length);
        expect(delivered).toHaveLength(deployments.length);
      }
      return found;
    }

    const none = { applications: [], deployments: [], running: [] };
    const web = (deployments: string[]) => ({
      applications: ['u1-production'],
      deployments,
      running: deployments.slice(-1),
    });

    it.each([
      ['argocd/app-name', 'web-production'],
      ['day2/image', repository('web')],
    ])(
      '%s: the application and its deployments go where it points, and back',
      async (key, value) => {
        const all = web(['v1.0', 'v2.0']);
        const points = { [key]: value };
        await catalog({ cart: points, shop: {} });
        await hub.observe('argocd:eu', said(['web']));
        await hub.derive();
        expect(await shown()).toEqual({ cart: all, shop: none });
        await catalog({ cart: {}, shop: points });
        expect(await shown()).toEqual({ cart: none, shop: all });
        await catalog({ cart: points, shop: points });
        expect(await shown()).toEqual({ cart: all, shop: all });
        await catalog({ cart: {}, shop: {} });
        expect(await shown()).toEqual({ cart: none, shop: none });
        await catalog({ cart: points, shop: {} });
        expect(await shown()).toEqual({ cart: all, shop: none });
      },
    );

    it('day2/image tells which of several images is the service’s, from its past on', async () => {
      const named = { 'argocd/app-name': 'web-production' };
      await catalog({ cart: named });
      await hub.observe('argocd:eu', said(['proxy', 'cart-api']));
      await hub.derive();
      expect(await shown()).toEqual({ cart: web(['v1.0', 'v2.0']) });
      await catalog({
        cart: { ...named, 'day2/image': repository('cart-api') },
      });
      expect(await shown()).toEqual({ cart: web(['v1.1', 'v2.1']) });
      await catalog({ cart: named });
      expect(await shown()).toEqual({ cart: web(['v1.0', 'v2.0']) });
    });
  },
);
