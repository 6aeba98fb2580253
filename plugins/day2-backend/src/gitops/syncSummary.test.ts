import { summarizeSync, type ShownApplication } from './syncSummary';

const each = (more: Partial<ShownApplication> = {}): ShownApplication => ({
  name: 'cart-production',
  environment: 'production',
  target: 'eu-1',
  sync: 'synced',
  health: 'healthy',
  failing: false,
  pruneOnly: false,
  severity: 1,
  syncedAt: 1_000,
  source: 'argocd:eu',
  ...more,
});

const instant = (at: number) => new Date(at).toISOString();
const drifted = each({ sync: 'drifted', severity: 3 });
const pending = each({ sync: 'pending', severity: 3, environment: 'staging' });
const unseen = each({ unobserved: { text: 'eu: refused', since: 5 } });

describe('summarizeSync', () => {
  it.each<
    [string, ShownApplication[], Partial<ReturnType<typeof summarizeSync>>]
  >([
    [
      'all is well',
      [each(), each({ syncedAt: 3_000 })],
      {
        state: 'ok',
        headline: 'Synced',
        detail: '2 applications, last synced',
        at: 3_000,
      },
    ],
    [
      'one alone',
      [drifted],
      {
        state: 'attention',
        headline: 'Drifted',
        detail: 'drifted in production eu-1',
      },
    ],
    [
      'several, each word once',
      [each(), pending, drifted, drifted],
      {
        state: 'attention',
        headline: '2 drifted, 1 pending',
        detail:
          'drifted in production eu-1; drifted in production eu-1; pending in staging eu-1',
      },
    ],
    [
      'the worst first, the rest counted',
      [
        drifted,
        drifted,
        drifted,
        each({ sync: 'pending', failing: true, severity: 4 }),
      ],
      {
        state: 'bad',
        headline: '1 pending, failing, 3 drifted',
        detail:
          'pending, failing in production eu-1; drifted in production eu-1; drifted in production eu-1; 1 more',
      },
    ],
    [
      'what is synced may be ill',
      [each({ health: 'degraded', severity: 4 })],
      { state: 'bad', headline: 'Degraded' },
    ],
    [
      'what is not observed is unknown, however it was',
      [each(), { ...unseen, severity: 4, health: 'degraded' }],
      {
        state: 'unknown',
        headline: '1 unknown',
        detail: undefined,
        at: undefined,
        unobserved: [
          { where: 'production eu-1', why: 'eu: refused', since: instant(5) },
        ],
      },
    ],
    [
      'each reason with its own places and its own since',
      [
        unseen,
        each({ target: 'us-1', unobserved: { text: 'us: gone', since: 9 } }),
        each({
          target: 'eu-2',
          unobserved: { text: 'eu: refused', since: 3 },
        }),
        each({ sync: 'unknown', severity: 2, environment: 'staging' }),
      ],
      {
        state: 'unknown',
        headline: '4 unknown',
        detail: 'unknown in staging eu-1',
        unobserved: [
          {
            where: 'production eu-1, production eu-2',
            why: 'eu: refused',
            since: instant(3),
          },
          { where: 'production us-1', why: 'us: gone', since: instant(9) },
        ],
      },
    ],
    [
      'of many the first, the rest counted',
      [1, 2, 3, 4, 5].map(n =>
        each({ target: `eu-${n}`, unobserved: { text: 'eu: refused' } }),
      ),
      {
        unobserved: [
          {
            where: 'production eu-1, production eu-2, production eu-3, 2 more',
            why: 'eu: refused',
            since: undefined,
          },
        ],
      },
    ],
    [
      'what is known to be bad outweighs what is not observed',
      [unseen, each({ health: 'degraded', severity: 4 })],
      { state: 'bad', headline: '1 degraded, 1 unknown' },
    ],
    [
      'removals that are left',
      [each({ sync: 'pending', pruneOnly: true, severity: 3 })],
      { headline: 'Pending removal' },
    ],
  ])('%s', (_, applications, expected) => {
    expect(summarizeSync(applications)).toMatchObject(expected!);
  });

  it('says nothing of nothing', () => {
    expect(summarizeSync([])).toBeUndefined();
  });
});
