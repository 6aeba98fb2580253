import { TestDatabases } from '@backstage/backend-test-utils';
import { addIncidentServices, observeLines } from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import type { FeedingSource } from '../sources/SourceFeed';
import { FleetIncidents } from './FleetIncidents';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const pd: FeedingSource = {
  id: 'pd',
  title: 'PagerDuty main',
  kinds: ['incident'],
  lastSuccessAt: 1,
};

it.each(databases.eachSupportedId())(
  'none is open as far as those tell that were read, on %s',
  async id => {
    const hub = await TestHub.create(await databases.init(id));
    await addIncidentServices(hub);
    await observeLines(hub, 'pd 1 10-20\npd 2 30- s=b');
    const states = async (over: Partial<FeedingSource>) => {
      const found = await FleetIncidents.create({ database: hub.database }).of({
        serviceIds: ['a', 'b', 'c'],
        configured: [{ ...pd, ...over }],
      });
      return ['a', 'b', 'c'].map(service => found.get(service)?.headline);
    };
    expect(await states({})).toEqual(['None open', '1 open', 'Not set up']);
    for (const over of [
      { paused: true },
      { lastSuccessAt: undefined },
      { error: { code: 'unreachable' as const, text: 'it answers nothing' } },
    ]) {
      expect(await states(over)).toEqual(['Not known', '1 open', 'Not set up']);
    }
  },
);
