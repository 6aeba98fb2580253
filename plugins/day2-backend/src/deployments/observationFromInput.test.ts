import { DeploymentInput } from '@day2/backstage-plugin-day2-common';
import { observationFromInput, parseImage } from './observationFromInput';

const now = Date.UTC(2026, 10, 21, 12);
const input = (more: object = {}) =>
  DeploymentInput.parse({
    service: 'component:default/label-printer',
    environment: 'production',
    version: '1.4.2',
    finishedAt: '2026-11-21T11:00:00+01:00',
    ...more,
  });
const observe = (more: object = {}, userRef?: string) =>
  observationFromInput({
    input: input(more),
    userRef,
    service: 'component:default/label-printer',
    key: 'k',
    now,
  });

describe('observationFromInput', () => {
  it('is a posted deployment of the named service', () => {
    expect(
      observe({
        revision: { sha: 'ABCDEF0' },
        actor: { email: 'Ana@tern.example', name: 'Ana' },
      }),
    ).toMatchObject({
      kind: 'deployment',
      subject: {
        kind: 'service',
        traits: { entityRef: 'component:default/label-printer' },
      },
      finishedAt: Date.UTC(2026, 10, 21, 10),
      basis: 'event',
      rollout: 'succeeded',
      applicationRevision: { sha: 'abcdef0' },
      actor: { namespace: 'email', key: 'ana@tern.example', name: 'Ana' },
    });
  });

  it.each([
    [{ finishedAt: '2026-11-21T12:05:01Z' }, /finishedAt: is more than 5 min/],
    [{ startedAt: '2026-11-21T11:30:00Z' }, /startedAt: is after finishedAt/],
  ])('refuses %j', (more, message) => {
    expect(() => observe(more)).toThrow(message);
  });

  it('is done by the user who posts it, who may name nobody else', () => {
    expect(observe({}, 'user:default/Ana').actor).toEqual({
      namespace: 'user',
      key: 'user:default/ana',
    });
    for (const actor of [{ email: 'bo@tern.example' }, { name: 'Bo' }]) {
      expect(() => observe({ actor }, 'user:default/ana')).toThrow(
        /body.actor: leave it out/,
      );
    }
  });

  it('bears what its poster says of why it was not planned', () => {
    expect(observe({ unplanned: { as: 'fix', of: '1.4.1' } })).toMatchObject({
      marks: ['fix'],
      mends: '1.4.1',
    });
    expect(observe().marks).toBeUndefined();
  });

  it('allows for clocks that differ a little', () => {
    expect(observe({ finishedAt: '2026-11-21T12:04:59Z' }).finishedAt).toBe(
      now + 299_000,
    );
  });

  it.each([
    ['app', { repository: 'app' }],
    ['app:1.2', { repository: 'app', tag: '1.2' }],
    ['reg:5000/team/app', { repository: 'reg:5000/team/app' }],
    [
      'reg:5000/app:v1@sha256:ab',
      { repository: 'reg:5000/app', tag: 'v1', digest: 'sha256:ab' },
    ],
  ])('reads image %s', (image, expected) => {
    expect(parseImage(image)).toEqual(expect.objectContaining(expected));
  });
});
