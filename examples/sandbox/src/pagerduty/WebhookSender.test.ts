import { createHmac } from 'crypto';
import { testEnd, testStart } from '../__testUtils__/dates';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { StateFolder } from '../state/StateFolder';
import { createWorld } from '../world/createWorld';
import { DAY } from '../world/time';
import { WebhookSender } from './WebhookSender';

jest.setTimeout(60_000);

const folder = temporaryFolder();

interface Sent {
  type: string;
  at: string;
  isSigned: boolean;
  id: string;
}

/** A world ten days before its end, and what a portal gets that answers so. */
async function create(statuses: number[] = []) {
  const state = StateFolder.create({ stateDir: folder });
  const { world } = createWorld({
    seed: 7,
    start: testStart,
    end: testEnd - 10 * DAY,
  });
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const sender = await WebhookSender.create({
    world,
    state,
    url: 'http://localhost:7010/pagerduty',
    target: 'http://localhost:7007/api/day2/webhooks/pagerduty:tern',
    secret: 'a-secret',
    fetch: async (_, init) => {
      const headers = init?.headers as Record<string, string>;
      const body = String(init?.body);
      const { event } = JSON.parse(body);
      sent.push({
        type: event.event_type,
        at: event.occurred_at,
        id: event.id,
        isSigned:
          headers['X-PagerDuty-Signature'] ===
          `v1=${createHmac('sha256', 'a-secret').update(body).digest('hex')}`,
      });
      return new Response(null, { status: statuses.shift() ?? 202 });
    },
    wait: (async (ms: number) => {
      pauses.push(ms);
    }) as never,
  });
  return { world, sender, sent, pauses };
}

it('sends what happens from now on, signed, in order, and goes on after a restart', async () => {
  const { world, sender, sent } = await create();
  sender.notify();
  await sender.settled();
  expect(sent).toEqual([]);
  world.advanceTo(testEnd - 5 * DAY);
  sender.notify();
  await sender.settled();
  expect(sent.length).toBeGreaterThan(3);
  expect(sent.every(({ isSigned }) => isSigned)).toBe(true);
  expect(sent.map(({ at }) => at)).toEqual(sent.map(({ at }) => at).sort());
  expect(sent.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['incident.triggered', 'incident.resolved']),
  );

  const again = await create();
  again.world.advanceTo(testEnd);
  again.sender.notify();
  await again.sender.settled();
  expect(again.sent.length).toBeGreaterThan(0);
  const ids = new Set(sent.map(({ id }) => id));
  expect(again.sent.some(({ id }) => ids.has(id))).toBe(false);
});

it('tries again where the portal is ill, and gives up where it refuses or stays ill', async () => {
  const { world, sender, sent, pauses } = await create([
    503, 202, 401, 500, 500, 500, 500, 500, 202,
  ]);
  world.advanceTo(testEnd + 20 * DAY);
  sender.notify();
  await sender.settled();
  const times = (n: number) =>
    sent.filter(({ id }) => id === [...new Set(sent.map(s => s.id))][n]).length;
  expect([0, 1, 2, 3].map(times)).toEqual([2, 1, 5, 1]);
  expect(pauses).toEqual([1000, 1000, 2000, 4000, 8000]);
});
