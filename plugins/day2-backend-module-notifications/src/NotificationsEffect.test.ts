import { ConfigReader } from '@backstage/config';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import { readNotificationsConfig } from './config';
import { NotificationsEffect } from './NotificationsEffect';

const incident: EffectRequest = {
  idempotencyKey: 'k1',
  kind: 'incident',
  recordId: 'i1',
  at: 0,
  to: 'open',
  title: 'P1 · Checkout fails',
  text: 'Since 12:00 UTC',
  priority: 1,
  services: ['component:default/cart', 'component:default/till'],
  path: '/day2/incidents/i1',
};
const objective: EffectRequest = {
  ...incident,
  kind: 'objective',
  recordId: 'o1',
  priority: undefined,
};

function effectOf(day2: object = {}) {
  const sent: NotificationSendOptions[] = [];
  const effect = NotificationsEffect.create({
    notifications: { send: async options => void sent.push(options) },
    config: readNotificationsConfig(
      new ConfigReader({ day2: { notifications: day2 } as any }),
    ),
  });
  return { effect, sent };
}

describe('notifications', () => {
  it.each<[string, Partial<EffectRequest>, boolean]>([
    ['a pressing incident', {}, true],
    ['one of the least priority that is told', { priority: 3 }, true],
    ['one that can wait', { priority: 4 }, false],
    ['one of no priority', { priority: undefined }, true],
  ])('tells %s: %p -> %p', (_, over, wanted) => {
    expect(effectOf().effect.wants({ ...incident, ...over })).toBe(wanted);
  });

  it.each([
    ['page', true],
    ['exhausted', true],
    ['ticket', false],
  ])('of an objective that begins to %p: %p', (to, wanted) => {
    expect(effectOf().effect.wants({ ...objective, to })).toBe(wanted);
  });

  it('tells what the configuration asks for', () => {
    const { effect } = effectOf({ priority: 1, objectives: ['ticket'] });
    expect(effect.wants({ ...incident, priority: 2 })).toBe(false);
    expect(effect.wants({ ...objective, to: 'ticket' })).toBe(true);
    expect(effect.wants({ ...objective, to: 'page' })).toBe(false);
  });

  it('is one notification an incident, to the owners of its services', async () => {
    const { effect, sent } = effectOf();
    await effect.deliver(incident);
    await effect.deliver({ ...incident, from: 'open', to: 'resolved' });
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: incident.services },
        payload: {
          title: 'P1 · Checkout fails',
          description: 'Since 12:00 UTC',
          link: '/day2/incidents/i1',
          severity: 'critical',
          topic: 'Incidents',
          scope: 'day2:incident:i1',
        },
      },
      expect.objectContaining({
        payload: expect.objectContaining({
          severity: 'low',
          scope: 'day2:incident:i1',
        }),
      }),
    ]);
  });

  it('tells the words of tools and people as text, with no markup', async () => {
    const { effect, sent } = effectOf();
    const words = '<!channel> <https://evil.example|reset> <@U1>';
    await effect.deliver({ ...incident, title: words, text: words });
    const plain = '‹!channel› ‹https://evil.example|reset› ‹@U1›';
    expect(sent[0].payload).toMatchObject({ title: plain, description: plain });
  });

  it('tells nobody of what concerns no service', async () => {
    const { effect, sent } = effectOf();
    await effect.deliver({ ...incident, services: [] });
    expect(sent).toEqual([]);
  });

  it.each([
    [{ priority: 6 }, 'is 6; it is 1 (most pressing) to 5'],
    [{ objectives: ['fine'] }, 'names fine; it may name'],
  ])('refuses %p', (day2, words) => {
    expect(() => effectOf(day2)).toThrow(words);
  });
});
