import type { FeedingSource } from './SourceFeed';
import { sourcesStanding } from './sourcesStanding';

const now = 100 * 86_400_000;
const source = (over: Partial<FeedingSource>): FeedingSource => ({
  id: 'git:shop',
  title: 'shop',
  kinds: ['change'],
  ...over,
});
const error = { code: 'timeout' as const, text: 'no answer in 30 s' };

describe('sourcesStanding', () => {
  it.each<[string, Partial<FeedingSource>, number, string[]]>([
    ['read', { lastSuccessAt: now }, 1, []],
    ['never read', {}, 0, ['shop']],
    ['failing at first', { error, failingSince: now - 60_000 }, 0, ['shop']],
    ['failing for a day', { error, failingSince: now - 86_400_000 }, 0, []],
    ['paused before it was read', { paused: true }, 0, []],
    ['misconfigured', { kinds: [], error }, 0, []],
    ['failing now', { error, lastSuccessAt: now - 1 }, 0, []],
  ])('of one that is %s', (_, over, fine, reading) => {
    expect(sourcesStanding({ sources: [source(over)], now })).toMatchObject({
      total: 1,
      fine,
      reading,
    });
  });

  it('says of those that fail since when and why', () => {
    expect(
      sourcesStanding({
        sources: [
          source({ error, failingSince: now - 5_000, lastSuccessAt: 1 }),
          source({ id: 'git:other', lastSuccessAt: now }),
        ],
        now,
      }).problems,
    ).toEqual([
      {
        source: 'git:shop',
        title: 'shop',
        ...error,
        since: new Date(now - 5_000).toISOString(),
      },
    ]);
  });
});
