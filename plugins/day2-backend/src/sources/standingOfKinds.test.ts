import type { FeedingSource } from './SourceFeed';
import { standingOfKinds } from './standingOfKinds';

const now = Date.parse('2026-11-21T12:00:00Z');
const source = (
  id: string,
  kinds: FeedingSource['kinds'],
  rest: Partial<FeedingSource> = {},
): FeedingSource => ({ id, title: id, kinds, lastSuccessAt: now, ...rest });
const away = {
  failingSince: now - 60_000,
  error: { code: 'unreachable' as const, text: 'away' },
};

const feed = {
  configured: [
    source('argocd:eu', ['application', 'deployment']),
    source('argocd:us', ['application', 'deployment'], away),
    source('prometheus:main', ['measurement'], away),
    source('objective-files', ['objective']),
  ],
  feedingIds: new Set(['argocd:eu', 'prometheus:main', 'objective-files']),
};

describe('standingOfKinds', () => {
  it.each<[string, FeedingSource['kinds'], number, string[]]>([
    ['not of one that feeds other services', ['application'], 1, []],
    [
      'of those that tell any of the kinds',
      ['objective', 'measurement'],
      2,
      ['prometheus:main'],
    ],
    ['of none', ['incident'], 0, []],
  ])('%s', (_, kinds, total, problems) => {
    const told = standingOfKinds({ feed, kinds, now });
    expect(told.total).toBe(total);
    expect(told.problems.map(each => each.source)).toEqual(problems);
  });

  it('says since when and why', () => {
    const { problems } = standingOfKinds({ feed, kinds: ['measurement'], now });
    expect(problems).toEqual([
      {
        source: 'prometheus:main',
        title: 'prometheus:main',
        code: 'unreachable',
        text: 'away',
        since: '2026-11-21T11:59:00.000Z',
      },
    ]);
  });
});
