import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { addIncidentServices, observeLines } from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { currentIncident, type OwnedIncident } from './currentIncident';
import type { IncidentRow } from './incidentRows';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

it('takes a word only while a service of the one who says it is hit', async () => {
  const hub = await TestHub.create(await databases.init('SQLITE_3'));
  await addIncidentServices(hub);
  await observeLines(hub, 'am one 10 s=b');
  await hub.derive();
  const [row] = (await hub.rows('incident')) as unknown as IncidentRow[];
  // When it was checked it was of a, which he owns, and of b.
  const checked = {
    row,
    services: [{ id: 'a' }, { id: 'b' }],
    owned: ['a'],
  } as unknown as OwnedIncident;
  const transaction = hub.database as Knex.Transaction;
  await expect(currentIncident(transaction, checked)).rejects.toThrow(
    /none of your services any more/,
  );
  await expect(
    currentIncident(transaction, { ...checked, owned: ['b'] }),
  ).resolves.toMatchObject({ services: ['b'] });
});
