import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { incidentLine, minutes } from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { heldIncidents } from './heldIncidents';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('held incidents on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });

  const said = (line: string) => incidentLine(line).observation;
  const held = () => heldIncidents({ database: hub.database, source: 'am' });

  it('are those that are open, when each was heard of last, and as they were said', async () => {
    hub.time = minutes(20);
    await hub.observe('am', [
      said('am x 10 sev=critical'),
      said('am y 11'),
      said('am z 12-13'),
    ]);
    await hub.observe('pd', [said('pd x 10')]);
    hub.time = minutes(30);
    await hub.ingest.applyDelivered({
      sourceId: 'am',
      observations: [said('am w 15')],
    });
    hub.time = minutes(31);
    await hub.observe('am', [said('am x 10 sev=warning v=2')]);
    // The same again is no news.
    await hub.observe('am', [said('am y 11')]);
    expect(await held().open()).toEqual([
      { key: 'y', version: 1, heardAt: minutes(20) },
      { key: 'w', version: 1, heardAt: minutes(30) },
      { key: 'x', version: 2, heardAt: minutes(31) },
    ]);
    expect(await held().said(['x', 'z', 'none'])).toEqual(
      expect.arrayContaining([
        said('am x 10 sev=warning v=2'),
        said('am z 12-13'),
      ]),
    );

    await hub.observe('am', [
      said('am x 10-29 v=3'),
      { kind: 'withdrawn', keyPrefix: 'y', reason: 'gone' },
    ]);
    expect((await held().open()).map(({ key }) => key)).toEqual(['w']);
  });

  it('are found among those that were said before it was noted', async () => {
    await hub.observe('am', [said('am x 10'), said('am z 12-13')]);
    const migration = {
      directory: resolvePackagePath(
        '@day2/backstage-plugin-day2-backend',
        'migrations',
      ),
      name: '20261121000132_open_incidents.js',
    };
    await hub.database.migrate.down(migration);
    await hub.database.migrate.up(migration);
    expect(await held().open()).toEqual([
      { key: 'x', version: 1, heardAt: minutes(10) },
    ]);
  });
});
