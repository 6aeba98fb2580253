import { hasCredentials } from './hasCredentials';
import { CdEventInput, DeploymentInput } from './inputs';

const deployment = {
  service: 'component:default/label-printer',
  environment: 'production',
  version: '1.4.2',
  finishedAt: '2026-11-21T11:00:00Z',
};
const event = {
  specversion: '1.0',
  id: 'e-1',
  source: '/ci',
  type: 'dev.cdevents.service.deployed.0.3.0',
  data: {},
};

describe('hasCredentials', () => {
  it.each([
    ['https://user:pass@host/x', true],
    ['https://token@host/x', true],
    ['HTTPS:\\\\user:pass@host', true],
    ['https:user:pass@host', true],
    ['ftp://user@host', true],
    ['ssh://git:pass@host/x', true],
    ['ssh://git@host/x', false],
    ['git@host:team/x.git', false],
    ['https://host/@scope/x', false],
    ['https://host?mail=a@b', false],
    ['registry:5000/app@sha256:ab', false],
    ['app:1.2@sha256:ab', false],
  ])('of %s is %s', (address, expected) => {
    expect(hasCredentials(address)).toBe(expected);
  });
});

describe('DeploymentInput', () => {
  it.each([
    [{ url: 'https://ci:s3cret@ci.example/run/7' }, 'url'],
    [
      {
        revision: {
          sha: '1a2b3c4',
          repository: 'https://s3cret@git.example/a',
        },
      },
      'revision.repository',
    ],
    [{ image: 'https://ci:s3cret@registry.example/a' }, 'image'],
  ])('refuses credentials in %j, without repeating them', (more, field) => {
    const { error } = DeploymentInput.safeParse({ ...deployment, ...more });
    expect(error?.issues).toMatchObject([
      {
        path: field.split('.'),
        message: expect.stringMatching(/user part.*leave it out/),
      },
    ]);
    expect(JSON.stringify(error?.issues)).not.toContain('s3cret');
  });

  it.each([
    { environment: 'pro\u0007d' },
    { version: '1.0\n' },
    { target: 'vm\u001b[31m' },
    { service: 'component:default/<script>' },
  ])('refuses %j', more => {
    expect(DeploymentInput.safeParse({ ...deployment, ...more }).success).toBe(
      false,
    );
  });

  it.each([
    [{ as: 'oops' }, ['as'], /hotfix/],
    [{ as: 'fix' }, ['of'], /missing; a fix names the version that it fixes/],
    [{ as: 'fix', of: '' }, ['of'], /1 character/],
    [{ as: 'hotfix', of: '1\u0007' }, ['of'], /control character/],
    [{ as: 'hotfix', of: '1.4.2' }, ['of'], /version deployed itself/],
    [{ as: 'hotfix', why: 'x' }, [], /why/],
    ['hotfix', [], /object/],
  ])('refuses unplanned %j, and says why', (unplanned, path, message) => {
    const { error } = DeploymentInput.safeParse({ ...deployment, unplanned });
    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ['unplanned', ...path],
        message: expect.stringMatching(message),
      }),
    ]);
  });

  it.each([
    { as: 'hotfix' },
    { as: 'emergency' },
    { as: 'rollback', of: '1.4.1' },
    { as: 'fix', of: '1.4.1' },
  ])('takes unplanned %j as it is', unplanned => {
    expect(DeploymentInput.parse({ ...deployment, unplanned })).toMatchObject({
      unplanned,
    });
  });

  it('takes what is ordinary', () => {
    expect(
      DeploymentInput.safeParse({
        ...deployment,
        url: 'https://ci.example/run/7?by=a@b',
        image: 'registry.example:5000/a:1@sha256:ab',
        revision: { sha: '1a2b3c4', repository: 'git@git.example:a/b.git' },
        title: 'First line\nand more',
      }).success,
    ).toBe(true);
  });
});

describe('CdEventInput', () => {
  it.each(['id', 'source', 'type', 'subject'])(
    'refuses control characters in %s',
    field => {
      const { error } = CdEventInput.safeParse({
        ...event,
        [field]: 'a\u0001b',
      });
      expect(error?.issues).toMatchObject([
        { path: [field], message: expect.stringMatching(/control character/) },
      ]);
    },
  );
});

describe('names that deceive', () => {
  it.each(['9.\u202egnp', '1.2\u2066', '9.\ud800x'])(
    'refuses the version %j',
    version => {
      const read = DeploymentInput.safeParse({
        service: 'component:default/cart',
        environment: 'production',
        version,
        finishedAt: '2026-11-01T10:00:00Z',
      });
      expect(read.error?.issues).toEqual([
        expect.objectContaining({
          path: ['version'],
          message: expect.stringMatching(/direction of text, or half of one/),
        }),
      ]);
    },
  );

  it('takes letters of any alphabet', () => {
    expect(
      DeploymentInput.safeParse({
        service: 'component:default/cart',
        environment: 'продукция',
        version: '1.0-ü-日本-🚀',
        finishedAt: '2026-11-01T10:00:00Z',
      }).success,
    ).toBe(true);
  });
});
