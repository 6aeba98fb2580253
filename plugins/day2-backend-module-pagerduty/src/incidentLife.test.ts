import { at, iso, type Company, type Raw } from './__testUtils__/Company';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { follow } from './__testUtils__/follow';

let fake: FakePagerduty;
let company: Company;
let cart: Raw;
let ana: Raw;
let bo: Raw;

beforeEach(async () => {
  fake = await FakePagerduty.start();
  ({ company } = fake);
  cart = company.service('PCART', 'Cart');
  ana = company.user('UANA', 'Ana', 'Ana@Tern.example');
  bo = company.user('UBO', 'Bo', 'bo@tern.example');
});

afterEach(async () => {
  await fake.close();
});

const DAY = 24 * 60;
const create = (more = {}) => createSource({ apiUrl: fake.url, ...more });

describe('what happens to an incident', () => {
  it('is told as it happens', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-5), {
      priority: { id: 'PP', summary: 'P2', name: 'P2' },
      assignments: [
        { at: iso(at(-5)), assignee: { id: 'UANA', type: 'user_reference' } },
      ],
    });
    await following.run(0);
    expect(following.said('Q1')).toMatchObject({
      subject: {
        key: 'PCART',
        kind: 'incident-service',
        traits: {
          instance: 'main',
          toolService: { tool: 'pagerduty', id: 'PCART', name: 'Cart' },
        },
      },
      title: 'Errors in Cart',
      words: [
        { field: 'priority', word: 'P2' },
        { field: 'urgency', word: 'high' },
      ],
      detectedAt: at(-5),
      version: at(-5),
      assignees: [{ namespace: 'email', key: 'ana@tern.example', name: 'Ana' }],
    });
    expect(following.said('Q1')).not.toHaveProperty('resolvedAt');

    company.acknowledge(incident, at(1), ana);
    company.note(incident, at(2), 'rolled out v1.2.3 just before, looks bad');
    await following.run(3);
    expect(following.said('Q1')).toMatchObject({
      acknowledgedAt: at(1),
      acknowledgedBy: { key: 'ana@tern.example' },
      notes: ['rolled out v1.2.3 just before, looks bad'],
      version: at(2),
    });

    company.resolve(incident, at(9), bo);
    await following.run(10);
    expect(following.said('Q1')).toMatchObject({
      acknowledgedAt: at(1),
      resolvedAt: at(9),
    });
    expect(following.said('Q1')).not.toHaveProperty('assignees');
  });

  it('opened again is a gap, and a late note is taken in', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-50));
    company.resolve(incident, at(-40), ana);
    await following.run(0);
    expect(following.said('Q1')).toMatchObject({ resolvedAt: at(-40) });
    company.reopen(incident, at(5), bo);
    await following.run(6);
    expect(following.said('Q1')).toMatchObject({
      gaps: [{ resolvedAt: at(-40), reopenedAt: at(5) }],
    });
    expect(following.said('Q1')).not.toHaveProperty('resolvedAt');
    company.resolve(incident, at(12), bo);
    await following.run(15);
    company.note(incident, at(5 * DAY), 'it was abc1234');
    await following.run(5 * DAY + 1);
    expect(following.said('Q1')).toMatchObject({
      resolvedAt: at(12),
      gaps: [{ resolvedAt: at(-40), reopenedAt: at(5) }],
      notes: ['it was abc1234'],
    });
  });

  it('another urgency, priority, person or title is told, with or without a word in the log', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-50));
    await following.run(0);
    incident.urgency = 'low';
    company.entry(incident, 'urgency_change', at(1));
    await following.run(2);
    expect(following.said('Q1')).toMatchObject({
      words: [{ field: 'urgency', word: 'low' }],
    });
    incident.title = 'Cart answers slowly';
    incident.updated_at = iso(at(3));
    await following.run(4);
    expect(following.said('Q1')).toMatchObject({
      title: 'Cart answers slowly',
      version: at(3),
    });
    incident.assignments = [
      { assignee: { id: 'UBO', type: 'user_reference' } },
      { assignee: { id: 'UGONE', type: 'user_reference', summary: 'Zoe' } },
    ];
    company.entry(incident, 'assign', at(5));
    await following.run(6);
    expect(following.said('Q1')?.assignees).toEqual([
      { namespace: 'email', key: 'bo@tern.example', name: 'Bo' },
      { namespace: 'pagerduty', key: 'UGONE', name: 'Zoe' },
    ]);
    company.entry(incident, 'snooze', at(7));
    expect((await following.run(8)).observations).toHaveLength(1);
    expect(following.said('Q1')).not.toHaveProperty('acknowledgedAt');
  });

  it('merged into another it ends, and says into which', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-20));
    const other = company.trigger('Q2', cart, at(-19));
    await following.run(0);
    company.resolve(incident, at(1), ana);
    incident.resolve_reason = {
      type: 'merge_resolve_reason',
      incident: { id: other.id, summary: other.summary },
    };
    await following.run(2);
    expect(following.said('Q1')).toMatchObject({
      resolvedAt: at(1),
      notes: ['Merged into [#2] Errors in Cart'],
    });
  });

  it('ended without a word it is asked for; unknown for a day it is taken off', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-20));
    company.trigger('Q2', cart, at(-20));
    await following.run(0);
    Object.assign(incident, { status: 'resolved', resolved_at: iso(at(4)) });
    await following.run(5);
    expect(following.said('Q1')).toMatchObject({ resolvedAt: at(4) });
    const [hidden] = company.incidents.splice(1, 1);
    await following.run(10);
    await following.run(70);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    // Back before the day is over, and after a day in which nobody asked.
    company.incidents.push(hidden);
    await following.run(10 + DAY);
    company.incidents.pop();
    await following.run(20 + DAY);
    company.incidents.push(hidden);
    await following.run(30 + 2 * DAY);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    company.incidents.pop();
    await following.run(40 + 2 * DAY);
    fake.sick.set('/incidents/Q2/log_entries', response =>
      response.writeHead(500).end(),
    );
    await following.run(40 + 3 * DAY);
    fake.sick.clear();
    await following.run(41 + 3 * DAY);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    await following.run(42 + 4 * DAY);
    expect(following.keys('incident')).toEqual(['Q1']);
  });

  it('long open it is read, whenever it was opened', async () => {
    const old = company.trigger('QOLD', cart, at(-200 * DAY));
    const following = follow(create());
    await following.run(0);
    expect(following.keys('incident')).toEqual(['QOLD']);
    company.resolve(old, at(2), ana);
    await following.run(3);
    expect(following.said('QOLD')).toMatchObject({ resolvedAt: at(2) });
  });

  it('of a service that is gone it keeps the service’s name', async () => {
    company.trigger('Q1', cart, at(-20));
    company.services.length = 0;
    const following = follow(create());
    const { notices } = await following.run(0);
    expect(following.said('Q1')?.subject.traits.toolService.name).toBe('Cart');
    expect(notices).toEqual([expect.stringContaining('lists no service')]);
    company.service('PNEW');
    // The directory is listed again after an hour.
    expect((await following.run(61)).notices).toEqual([]);
  });
});
