import type { ServiceRow } from '../services/ServiceStore';
import type { Feed, FeedingSource } from './SourceFeed';
import { asOfFeed } from './SourceFeed';
import { whyEmpty } from './whyEmpty';

const service = (annotations: Record<string, string> = {}): ServiceRow => ({
  id: 's',
  ref: 'component:default/cart',
  kind: 'component',
  title: 'Cart',
  annotations,
  links: [],
});

const gitops: FeedingSource = {
  id: 'git:gitops',
  title: 'tern-gitops',
  kinds: ['deployment', 'change'],
  lastSuccessAt: 1_000,
};
const application: FeedingSource = {
  id: 'git:shop',
  title: 'shop',
  kinds: ['change', 'commit', 'tag'],
  lastSuccessAt: 500,
};
const refused: FeedingSource = {
  ...gitops,
  lastSuccessAt: undefined,
  failingSince: 7_000,
  error: { code: 'credential-refused', text: 'token expired', fix: 'Renew it' },
};

function feed(
  configured: FeedingSource[],
  tied: { feeding?: string[]; kinds?: string[]; posted?: boolean } = {},
): Feed {
  return {
    configured,
    feedingIds: new Set(tied.feeding ?? []),
    subjectKinds: new Set(tied.kinds ?? []),
    posted: tied.posted ?? false,
  };
}

const range = { from: 0, to: 14 * 86_400_000 };
const tied = { feeding: ['git:gitops'], kinds: ['application'] };

describe('whyEmpty', () => {
  const why = (
    of: 'deployments' | 'changes' | 'timeline',
    from: Feed,
    more: {
      annotations?: Record<string, string>;
      environment?: string;
      latestAt?: number;
    } = {},
  ) =>
    whyEmpty({
      of,
      service: service(more.annotations),
      feed: from,
      range,
      environment: more.environment,
      latestAt: more.latestAt,
    });

  it.each([
    ['deployments', [], 'role: gitops'],
    ['deployments', [application], 'role: gitops'],
    ['changes', [], 'role: application'],
    ['timeline', [], 'role: gitops'],
  ] as const)(
    'says what to configure for %s with %j',
    (of, sources, config) => {
      const answer = why(of, feed([...sources]));
      expect(answer.reason).toBe('source-not-configured');
      expect(answer.fix?.config).toContain(config);
    },
  );

  it('proposes the annotation where no subject is tied', () => {
    expect(why('deployments', feed([gitops]))).toMatchObject({
      reason: 'annotation-missing',
      fix: { annotation: { key: 'day2/gitops-path', value: '**/cart/**' } },
    });
    expect(why('changes', feed([application]))).toMatchObject({
      reason: 'annotation-missing',
      fix: { annotation: { key: 'backstage.io/source-location' } },
    });
  });

  it('proposes to read the repository the entity names', () => {
    const answer = why('changes', feed([application]), {
      annotations: { 'github.com/project-slug': 'tern/cart' },
    });
    expect(answer.reason).toBe('source-not-configured');
    expect(answer.fix?.config).toContain('url: https://github.com/tern/cart');
  });

  it('does not take the repository of a service for its deployments', () => {
    const repository = { feeding: ['git:shop'], kinds: ['repository'] };
    expect(
      why('deployments', feed([gitops, application], repository)),
    ).toMatchObject({ reason: 'annotation-missing' });
  });

  it.each([
    ['credential-refused', 'credential-refused'],
    ['forbidden', 'credential-refused'],
    ['unreachable', 'source-unreachable'],
    ['bad-answer', 'source-unreachable'],
  ] as const)('tells a source that fails with %s', (code, reason) => {
    const source = { ...refused, error: { ...refused.error!, code } };
    for (const from of [feed([source]), feed([source], tied)]) {
      expect(why('deployments', from)).toMatchObject({
        reason,
        since: '1970-01-01T00:00:07.000Z',
        fix: { text: 'Renew it' },
      });
    }
  });

  it('asks for patience while the first reading lasts', () => {
    const unread = { ...gitops, lastSuccessAt: undefined };
    expect(why('deployments', feed([unread]))).toMatchObject({
      reason: 'not-read-yet',
    });
  });

  it('found nothing, and says when there was something', () => {
    const answer = why('deployments', feed([gitops], tied), {
      environment: 'staging',
      latestAt: -86_400_000,
    });
    expect(answer).toMatchObject({
      reason: 'nothing-found',
      text: 'No deployment of Cart in staging from 1970-01-01 to 1970-01-14',
      fix: { text: expect.stringContaining('1969-12-31') },
    });
  });

  it('knows a service that only posts', () => {
    const posted = feed([], { kinds: ['service'], posted: true });
    expect(why('deployments', posted)).toMatchObject({
      reason: 'nothing-found',
    });
  });
});

describe('asOfFeed', () => {
  const older = { ...gitops, id: 'git:b', lastSuccessAt: 300 };
  const unread = { ...gitops, id: 'git:unread', lastSuccessAt: undefined };
  const files: typeof gitops = {
    ...gitops,
    id: 'openslo:catalog',
    kinds: ['objective'],
    lastSuccessAt: 100,
  };
  it.each([
    [
      'the oldest of those that feed it',
      feed([gitops, application, older], {
        feeding: ['git:gitops', 'git:shop'],
      }),
      500,
    ],
    ['the oldest of all where none feeds it', feed([gitops, older]), 300],
    [
      'that of others than files of what is promised',
      feed([gitops, files], { feeding: ['git:gitops', 'openslo:catalog'] }),
      1000,
    ],
    [
      'that of such files where nothing else was read',
      feed([files, unread], { feeding: ['openslo:catalog', 'git:unread'] }),
      100,
    ],
    ['nothing where none ever ran', feed([refused]), undefined],
    ['now where it is posted', feed([gitops], { posted: true }), 9_000],
  ])('is %s', (_, from, expected) => {
    expect(asOfFeed(from, 9_000)).toBe(expected);
  });
});
