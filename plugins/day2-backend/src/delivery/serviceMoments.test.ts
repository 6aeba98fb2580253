import { TestDatabases } from '@backstage/backend-test-utils';
import { TestHub } from '../__testUtils__/testHub';
import { serviceMoments } from './serviceMoments';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('the past of services on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    for (const name of ['cart', 'till']) {
      await hub.addService({ id: name, ref: `component:default/${name}` });
      await hub.database('service_history').insert([
        { service_id: name, valid_from: 1, valid_to: 5, owner: 'group:a' },
        { service_id: name, valid_from: 5, owner: 'group:b' },
      ]);
    }
  });

  it('is that of all, or of the one that is asked for', async () => {
    const all = await serviceMoments(hub.database);
    expect(all.map(each => each.id).sort()).toEqual(['cart', 'till']);
    const till = all.find(each => each.id === 'till');
    expect(till?.moments.map(({ owner }) => owner)).toEqual([
      'group:a',
      'group:b',
    ]);
    for (const ref of ['component:default/till', 'Component:Till']) {
      expect(await serviceMoments(hub.database, { ref })).toEqual([till]);
    }
    for (const ref of ['component:default/none', 'not a ref']) {
      expect(await serviceMoments(hub.database, { ref })).toEqual([]);
    }
  });
});
