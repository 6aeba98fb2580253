import { TestDatabases } from '@backstage/backend-test-utils';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { startGitopsHub, until } from '../__testUtils__/gitopsHub';
import { people } from '../__testUtils__/people';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'applications that are not observed on %p',
  id => {
    let database: Knex;
    let hub: Awaited<ReturnType<typeof startGitopsHub>>;

    beforeAll(async () => {
      database = await databases.init(id);
      hub = await startGitopsHub({ database });
    });

    afterAll(async () => {
      await hub.stop();
    });

    it('one that Argo CD refuses to show is unknown, since when and why; the others hold', async () => {
      await database('application_unseen').insert({
        source: 'argocd:eu',
        key: 'app:shared',
        since: 7_000,
        reason: 'Argo CD refuses to show it (403)',
      });
      const { items } = await hub.gitops('ledger', people.owner);
      expect(items).toMatchObject([
        {
          sync: 'unknown',
          health: 'unknown',
          stale: true,
          asOf: new Date(7_000).toISOString(),
          syncReasons: [
            {
              code: 'not-observed',
              text: 'eu: Argo CD refuses to show it (403)',
            },
            {
              code: 'last-observed',
              text: 'When it was read last it was synced, and its health healthy',
            },
          ],
        },
      ]);
      await expect(hub.tile('ledger')).resolves.toMatchObject({
        state: 'unknown',
        headline: 'Unknown',
      });
      expect(
        (await hub.fleet(people.platform, { sync: 'unknown' })).items.map(
          ({ service }) => service.title,
        ),
      ).toEqual(['ledger']);
      await expect(hub.tile('payments-api')).resolves.toMatchObject({
        state: 'bad',
      });
      await database('application_unseen').delete();
      await expect(hub.tile('ledger')).resolves.toMatchObject({ state: 'ok' });
    });

    it.each([
      ['credential-refused', 'eu refused the credential (401)'],
      ['bad-answer', 'eu sent a web page instead of data'],
    ] as const)(
      'while it fails (%s) nothing turns green, and it says since when and why',
      async (code, text) => {
        hub.failWith(new SourceError({ code, message: text }));
        await hub
          .call('post', '/sources/argocd:eu/control', people.platform)
          .send({ action: 'run' });
        await until(async () => {
          const row = await database('source').where('id', 'argocd:eu').first();
          return (
            row.error !== null && JSON.parse(row.error).text.includes(text)
          );
        });
        // For twice the interval what was read last holds, with its age.
        await expect(hub.tile('ledger')).resolves.toMatchObject({
          state: 'ok',
        });
        const since = Date.now() - 4 * 60_000;
        await database('source')
          .where('id', 'argocd:eu')
          .update({ last_success_at: since });
        for (const name of ['ledger', 'payments-api', 'search-api']) {
          const { items } = await hub.gitops(name, people.platform);
          for (const each of items) {
            expect(each).toMatchObject({
              sync: 'unknown',
              health: 'unknown',
              stale: true,
              asOf: new Date(since).toISOString(),
            });
            expect(each.syncReasons[0].text).toContain(text);
          }
          const shown = await hub.tile(name);
          expect(shown).toMatchObject({
            state: 'unknown',
            unobserved: [
              {
                why: expect.stringContaining(text),
                since: new Date(since).toISOString(),
              },
            ],
          });
        }
        const { facets } = await hub.fleet(people.platform);
        expect(facets.sync).toEqual([
          { state: 'unknown', services: 3 },
          { state: 'empty', services: 1 },
        ]);
        await expect(hub.gitops('lonely', people.other)).resolves.toMatchObject(
          {
            empty: {
              since: expect.any(String),
              text: expect.stringContaining(text),
            },
          },
        );
        hub.failWith(undefined);
        await hub
          .call('post', '/sources/argocd:eu/control', people.platform)
          .send({ action: 'run' });
        await until(async () => (await hub.tile('ledger')).state === 'ok');
      },
    );
  },
);
