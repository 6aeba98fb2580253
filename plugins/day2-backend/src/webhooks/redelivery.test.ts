import { TestDatabases } from '@backstage/backend-test-utils';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { cleanInbox } from './cleanInbox';
import { setDeliveryAside } from './setDeliveryAside';
import { WebhookInbox } from './WebhookInbox';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const HOUR_MS = 3_600_000;
const source = 'toy:a';

describe.each(databases.eachSupportedId())('the inbox on %s', id => {
  async function start() {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const now = () => hub.time;
    const inbox = WebhookInbox.create({ database, now });
    const accept = (body = 'b') =>
      inbox.accept({
        source,
        delivery: { headers: {}, body: Buffer.from(body) },
      });
    const claimed = async () =>
      (await inbox.claim(source)).map(({ body }) => body.toString());
    return { hub, database, now, inbox, accept, claimed };
  }

  it('takes what was set aside when it comes again, once an hour', async () => {
    const { hub, database, now, inbox, accept } = await start();
    const setAside = async () => {
      const [claim] = await inbox.claim(source);
      const reason = 'no JSON';
      await setDeliveryAside({ database, inbox, source, claim, reason, now });
    };
    await accept();
    await setAside();
    expect(await hub.rows('quarantine')).toHaveLength(1);
    await accept();
    expect(await hub.rows('quarantine')).toEqual([]);
    await setAside();
    hub.time += HOUR_MS - 1;
    await accept();
    expect(await inbox.claim(source)).toEqual([]);
    expect(await hub.rows('quarantine')).toHaveLength(1);
    hub.time += 1;
    await accept();
    const claims = await inbox.claim(source);
    expect(claims.map(({ body }) => body.toString())).toEqual(['b']);
    await inTransaction(database, transaction =>
      inbox.finish({ transaction, claims, rejected: false }),
    );
    hub.time += 2 * HOUR_MS;
    await accept();
    expect(await inbox.claim(source)).toEqual([]);
  });

  it('takes what was rejected in part again, with its body', async () => {
    const { hub, database, inbox, accept, claimed } = await start();
    await accept();
    const claims = await inbox.claim(source);
    await inTransaction(database, transaction =>
      inbox.finish({ transaction, claims, rejected: true }),
    );
    hub.time += 8 * 24 * HOUR_MS;
    await inbox.clean({ sources: [source] });
    await accept();
    expect(await claimed()).toEqual(['b']);
  });

  it.each([8, 31])(
    'keeps what comes again just as it is cleaned away after %s days',
    async days => {
      const { hub, database, now, inbox, accept, claimed } = await start();
      await accept();
      const claims = await inbox.claim(source);
      await inTransaction(database, transaction =>
        inbox.finish({ transaction, claims, rejected: true }),
      );
      hub.time += days * 24 * HOUR_MS;
      let cameAgain = 0;
      const between = new Proxy(database, {
        apply(target, self, [table]) {
          const query = Reflect.apply(target, self, [table]);
          const then = query.then.bind(query);
          query.then = async (...args: Parameters<typeof then>) => {
            if (cameAgain === 0 && ['del', 'update'].includes(query._method)) {
              cameAgain += 1;
              await accept();
            }
            return then(...args);
          };
          return query;
        },
      });
      await cleanInbox({ database: between, sources: [source], now: now() });
      expect(cameAgain).toBe(1);
      expect(await claimed()).toEqual(['b']);
    },
  );

  it('goes on where the first was put off, or claimed, by a clock that was ahead', async () => {
    const { hub, inbox, accept, claimed } = await start();
    const real = hub.time;
    await accept('1');
    hub.time = real + 24 * HOUR_MS;
    const [claim] = await inbox.claim(source);
    await inbox.postpone(claim);
    hub.time = real;
    await accept('2');
    expect(await claimed()).toEqual(['1', '2']);
    // Held as long as it may be.
    expect(await claimed()).toEqual([]);
    await hub.database('webhook_delivery').update({
      claimed_until: real + 24 * HOUR_MS,
    });
    expect(await claimed()).toEqual(['1', '2']);
  });
});
