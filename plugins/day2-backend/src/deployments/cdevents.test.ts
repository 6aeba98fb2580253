import { parseServiceEvent } from './cdevents';

const now = Date.UTC(2026, 10, 21, 12);

function event(
  options: {
    type?: string;
    id?: string;
    subject?: string;
    artifactId?: string;
    timestamp?: string;
    environment?: object;
    customData?: unknown;
    context?: object;
  } = {},
) {
  return {
    specversion: '1.0',
    id: 'e-1',
    source: '/ci/printer',
    type: options.type ?? 'dev.cdevents.service.deployed.0.3.0',
    data: {
      context: options.context ?? {
        id: 'e-1',
        timestamp: options.timestamp ?? '2026-11-21T11:00:00Z',
      },
      subject: {
        id: options.subject ?? 'service/label-printer',
        content: {
          environment: options.environment ?? { id: 'prod-vm' },
          artifactId: options.artifactId ?? 'pkg:oci/label-printer@1.4.2',
        },
      },
      ...('customData' in options ? { customData: options.customData } : {}),
    },
  };
}

const parse = (options: Parameters<typeof event>[0] = {}) =>
  parseServiceEvent({ event: event(options), kinds: ['component'], now });

describe('parseServiceEvent', () => {
  it('reads a deployed service', () => {
    const read = parse();
    expect(read.serviceRefs).toEqual(['component:default/label-printer']);
    expect(read.idempotencyKey).toBe('/ci/printer#e-1');
    expect(read.observation('component:default/label-printer', 'k')).toEqual(
      expect.objectContaining({
        key: 'k',
        environment: 'prod-vm',
        versionName: '1.4.2',
        finishedAt: Date.UTC(2026, 10, 21, 11),
        basis: 'event',
        rollout: 'succeeded',
        marks: undefined,
      }),
    );
  });

  it.each([
    ['dev.cdevents.service.upgraded.0.1.0', undefined],
    ['dev.cdevents.service.deployed', undefined],
    ['dev.cdevents.service.rolledback.0.4.0-draft', ['rollback']],
  ])('takes %s', (type, marks) => {
    expect(parse({ type }).observation('s', 'k').marks).toEqual(marks);
  });

  it.each([
    [
      'dev.cdevents.service.deployed',
      { as: 'fix', of: '1.4.1' },
      { marks: ['fix'], mends: '1.4.1' },
    ],
    [
      'dev.cdevents.service.rolledback',
      { as: 'emergency' },
      { marks: ['rollback', 'emergency'], mends: undefined },
    ],
    [
      'dev.cdevents.service.rolledback',
      { as: 'rollback', of: '1.4.3' },
      { marks: ['rollback'], mends: '1.4.3' },
    ],
  ])('takes %s, unplanned as %j', (type, unplanned, expected) => {
    expect(
      parse({ type, customData: { unplanned } }).observation('s', 'k'),
    ).toMatchObject(expected);
  });

  it.each([
    'dev.cdevents.service.removed.0.3.0',
    'dev.cdevents.build.finished.0.2.0',
    'dev.cdevents.service.deployedx',
    '<script>alert(1)</script>',
  ])('refuses %s and says what is taken, not what came', type => {
    const refused = () => parse({ type });
    expect(refused).toThrow(
      /is not taken; taken are dev.cdevents.service.deployed/,
    );
    expect(refused).not.toThrow(type);
  });

  it.each([
    [{ url: 'https://ci:s3cret@ci.example/7' }, /customData\.url: has a user/],
    [{ url: 'vbscript:alert(1)' }, /customData\.url: /],
    [{ target: 'vm\u0007' }, /customData\.target: holds a control/],
    [{ version: '1\u001b[2J' }, /customData\.version: holds a control/],
    [{ service: 'a\u0001' }, /customData\.service: holds a control/],
    [{ unplanned: { as: 'alert' } }, /customData\.unplanned\.as: /],
    [{ unplanned: { as: 'fix' } }, /unplanned\.of: missing; a fix names/],
    [
      { unplanned: { as: 'hotfix', of: '1.4.2' } },
      /unplanned\.of: is the version deployed itself/,
    ],
  ])('refuses customData %j, without repeating it', (customData, message) => {
    const refused = () => parse({ customData });
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(/s3cret|alert/);
  });

  it.each([
    ['component:prod/Cart', undefined, ['component:prod/cart']],
    ['daemonset/myapp', undefined, ['component:default/myapp']],
    ['x', { service: 'component:default/y' }, ['component:default/y']],
    ['x', 'not an object', ['component:default/x']],
  ])('finds the service of %s with %j', (subject, customData, refs) => {
    expect(parse({ subject, customData }).serviceRefs).toEqual(refs);
  });

  it.each([
    [
      'pkg:oci/app@sha256%3A0b31?repository_url=ghcr.io/tern/app&tag=v2',
      'v2',
      { repository: 'ghcr.io/tern/app', tag: 'v2', digest: 'sha256:0b31' },
    ],
    [
      'pkg:oci/app@sha256%3A0b31',
      'sha256:0b31',
      { repository: 'app', tag: undefined, digest: 'sha256:0b31' },
    ],
    [
      'pkg:docker/tern/app@3.1',
      '3.1',
      { repository: 'tern/app', tag: '3.1', digest: undefined },
    ],
    ['pkg:golang/git.example/app@234fd47', '234fd47', undefined],
    ['pkg:npm/%40tern/app@1.0.0', '1.0.0', undefined],
  ])('reads %s', (artifactId, versionName, image) => {
    expect(parse({ artifactId }).observation('s', 'k')).toMatchObject({
      versionName,
      image,
    });
  });

  it.each([
    [{ artifactId: 'app@1' }, /artifactId: must be a package URL/],
    [{ artifactId: 'pkg:oci/app' }, /artifactId: has no version/],
    [{ context: {} }, /context.timestamp: missing/],
    [{ timestamp: 'yesterday' }, /context.timestamp/],
    [{ timestamp: '2026-11-21T12:06:00Z' }, /in the future/],
    [{ environment: {} }, /environment.id/],
    [{ subject: 'a b/c d' }, /subject.id: neither/],
    [{ subject: 'component:default/<script>' }, /subject.id: neither/],
    [{ subject: 'app\u0007' }, /subject.id: holds a control/],
    [{ environment: { id: 'a\u0007' } }, /environment.id: holds a control/],
    [{ artifactId: 'pkg:oci/a@1\u0007' }, /artifactId: holds a control/],
  ])('names the field of %j', (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });
});
