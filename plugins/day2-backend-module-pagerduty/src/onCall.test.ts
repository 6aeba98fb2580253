import { at, iso, type Company, type Raw } from './__testUtils__/Company';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { follow } from './__testUtils__/follow';

let fake: FakePagerduty;
let company: Company;
let ana: Raw;
let bo: Raw;

beforeEach(async () => {
  fake = await FakePagerduty.start();
  ({ company } = fake);
  company.service('PCART', 'Cart');
  ana = company.user('UANA', 'Ana', 'Ana@Tern.example');
  bo = company.user('UBO', 'Bo', 'bo@tern.example');
});

afterEach(async () => {
  await fake.close();
});

const create = (more = {}) => createSource({ apiUrl: fake.url, ...more });

describe('who is on call', () => {
  it('is told by service and place, and a change of shift of all is none that is gone', async () => {
    for (let n = 0; n < 10; n += 1) {
      company.service(`P${n}`, `Service ${n}`, 'EALL');
      company.onCall(`E${n}`, ana);
    }
    const shift = company.onCall('EALL', ana);
    const direct = company.onCall('EALL', bo, {
      escalation_level: 2,
      schedule: null,
      start: null,
      end: null,
    });
    const following = follow(create());
    await following.run(0);
    expect(following.keys('on-call')).toHaveLength(20);
    expect(following.said('on-call:P3:1:1')).toMatchObject({
      level: 1,
      schedule: 'Weekly',
      person: { key: 'ana@tern.example' },
      from: at(-60),
      until: at(600),
    });
    expect(following.said('on-call:P3:2:1')).not.toHaveProperty('until');
    Object.assign(shift, {
      user: { id: 'UBO', summary: 'Bo' },
      start: iso(at(600)),
      end: iso(at(1200)),
    });
    await following.run(601);
    expect(following.keys('on-call')).toHaveLength(20);
    expect(following.said('on-call:P3:1:1')).toMatchObject({
      person: { key: 'bo@tern.example' },
    });
    company.onCalls.splice(company.onCalls.indexOf(direct), 1);
    company.onCall('EALL', bo, { escalation_level: 2 });
    await following.run(603);
    expect(following.said('on-call:P3:2:1')).not.toHaveProperty('schedule');
    await following.run(607);
    expect(following.said('on-call:P3:2:1')).toHaveProperty('schedule');
  });

  it('is whoever is listed now, when an override begins, is taken back and others are edited', async () => {
    const shift = company.onCall('EPCART', ana);
    const following = follow(create());
    const listed = async (minutes: number) => {
      await following.run(minutes);
      const { person, from } = following.said('on-call:PCART:1:1')!;
      return [person.name, from];
    };
    const set = (user: Raw, start: number) =>
      Object.assign(shift, {
        user: { id: user.id, summary: user.name },
        start: iso(at(start)),
      });
    expect(await listed(0)).toEqual(['Ana', at(-60)]);
    set(bo, 5);
    expect(await listed(6)).toEqual(['Bo', at(5)]);
    set(ana, -60);
    expect(await listed(12)).toEqual(['Ana', at(-60)]);
    // Listed the same it is the same; with another setting it goes on from there.
    const before = following.ledger.fingerprint();
    expect(await listed(18)).toEqual(['Ana', at(-60)]);
    expect(following.ledger.fingerprint()).toBe(before);
    await following.run(19, { reread: true });
    set(bo, -90);
    expect(await listed(25)).toEqual(['Bo', at(-90)]);
  });

  it('without a schedule is one person after the other, in a small account too', async () => {
    const direct = { schedule: null, start: null, end: null };
    const entry = company.onCall('EPCART', bo, direct);
    const following = follow(create());
    await following.run(0);
    entry.user = { id: 'UANA', summary: 'Ana' };
    await following.run(6);
    expect(following.keys('on-call')).toEqual(['on-call:PCART:1:1']);
    expect(following.said('on-call:PCART:1:1')?.person.name).toBe('Ana');
    company.onCall('EPCART', bo, direct);
    await following.run(12);
    expect(following.said('on-call:PCART:1:2')?.person.name).toBe('Bo');
  });
});
