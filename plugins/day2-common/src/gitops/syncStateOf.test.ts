import { severityOf, stateOfSeverity } from './severity';
import type { OriginFacts, SyncFacts } from './syncFacts';
import { syncStateOf } from './syncStateOf';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);

/** A mirrored origin that wants something else than was synced. */
const git = (more: Partial<OriginFacts> = {}): OriginFacts => ({
  repository: 'https://git.tern.example/gitops',
  path: 'apps/cart',
  mirrored: true,
  desiredRevision: b,
  syncedRevision: a,
  desiredFingerprint: '2',
  syncedFingerprint: '1',
  ...more,
});

const facts = (more: Partial<SyncFacts> = {}): SyncFacts => ({
  sync: 'out-of-sync',
  origins: [git()],
  conditions: [],
  resources: [{ sync: 'out-of-sync', requiresPruning: false }],
  syncedAt: 100,
  ...more,
});

const failed = {
  phase: 'failed',
  startedAt: 110,
  finishedAt: 120,
  message: 'hook failed',
} as const;

// Each worked out by hand from "Sync and drift": the word, the codes of why.
const cases: [string, SyncFacts, string, string[]][] = [
  [
    'the tool says synced, though an unrelated commit came',
    facts({ sync: 'synced' }),
    'synced',
    ['in-sync'],
  ],
  ['the paths hold something else', facts(), 'pending', ['desired-differs']],
  [
    'the paths hold the same at both revisions: an unrelated commit, a revert',
    facts({ origins: [git({ desiredFingerprint: '1' })] }),
    'drifted',
    ['same-desired'],
  ],
  [
    'the very same revision, whether it is mirrored or not',
    facts({
      origins: [
        git({
          mirrored: false,
          desiredRevision: a,
          desiredFingerprint: undefined,
          syncedFingerprint: undefined,
        }),
      ],
    }),
    'drifted',
    ['same-desired'],
  ],
  [
    'the same revision with other parameters',
    facts({
      origins: [
        git({
          desiredRevision: a,
          parametersHash: 'x',
          syncedParametersHash: 'y',
        }),
      ],
    }),
    'pending',
    ['parameters-differ'],
  ],
  [
    'no Git source reads the repository',
    facts({
      origins: [
        git({
          mirrored: false,
          desiredFingerprint: undefined,
          syncedFingerprint: undefined,
        }),
      ],
    }),
    'out-of-sync',
    ['not-mirrored'],
  ],
  [
    'the mirror does not have one of them',
    facts({ origins: [git({ desiredFingerprint: undefined })] }),
    'out-of-sync',
    ['revision-missing'],
  ],
  [
    'it takes in what no mirror tells, and the rest is the same',
    facts({
      origins: [
        git({
          desiredFingerprint: '1',
          unfollowed: 'whatever its plugin reads',
        }),
      ],
    }),
    'out-of-sync',
    ['not-followed'],
  ],
  [
    'it takes in what no mirror tells, and the rest is another',
    facts({ origins: [git({ unfollowed: 'whatever its plugin reads' })] }),
    'pending',
    ['desired-differs'],
  ],
  [
    'it takes in what no mirror tells, at the very same revision',
    facts({
      origins: [
        git({
          desiredRevision: a,
          desiredFingerprint: '1',
          unfollowed: 'whatever its plugin reads',
        }),
      ],
    }),
    'drifted',
    ['same-desired'],
  ],
  [
    'another version of a chart',
    facts({
      origins: [
        git({
          chart: 'nginx',
          path: undefined,
          mirrored: false,
          desiredRevision: '4.1.0',
          syncedRevision: '4.0.0',
        }),
      ],
    }),
    'pending',
    ['desired-differs'],
  ],
  [
    'another digest of an OCI artefact',
    facts({
      origins: [
        git({
          repository: 'oci://registry.tern.example/cart',
          mirrored: false,
          desiredRevision: 'sha256:2',
          syncedRevision: 'sha256:1',
        }),
      ],
    }),
    'pending',
    ['desired-differs'],
  ],
  [
    'one of two origins differs, the other cannot be compared',
    facts({
      origins: [git(), git({ mirrored: false, desiredFingerprint: undefined })],
    }),
    'pending',
    ['desired-differs'],
  ],
  [
    'one of two is the same, the other cannot be compared',
    facts({
      origins: [
        git({ desiredFingerprint: '1' }),
        git({ mirrored: false, desiredFingerprint: undefined }),
      ],
    }),
    'out-of-sync',
    ['not-mirrored'],
  ],
  [
    'it was never synced',
    facts({
      origins: [git({ syncedRevision: undefined })],
      syncedAt: undefined,
    }),
    'pending',
    ['never-synced'],
  ],
  [
    'the controller resolved no revision',
    facts({ origins: [git({ desiredRevision: undefined })] }),
    'out-of-sync',
    ['unresolved'],
  ],
  [
    'only removals are left, whatever the fingerprints',
    facts({
      origins: [git({ desiredFingerprint: '1' })],
      resources: [
        { sync: 'out-of-sync', requiresPruning: true },
        { health: 'degraded', requiresPruning: false },
      ],
    }),
    'pending',
    ['prune-only'],
  ],
  [
    'removals and a change',
    facts({
      resources: [
        { sync: 'out-of-sync', requiresPruning: true },
        { sync: 'out-of-sync', requiresPruning: false },
      ],
    }),
    'pending',
    ['desired-differs'],
  ],
  [
    'it could not be compared',
    facts({
      sync: 'unknown',
      conditions: [{ type: 'ComparisonError', message: 'bad yaml' }],
    }),
    'unknown',
    ['comparison-error'],
  ],
  [
    'an error of comparison outweighs an older word',
    facts({
      sync: 'synced',
      conditions: [{ type: 'InvalidSpecError', message: 'no project' }],
    }),
    'unknown',
    ['comparison-error'],
  ],
  [
    'the tool does not know',
    facts({ sync: 'unknown' }),
    'unknown',
    ['tool-unknown'],
  ],
  [
    'another condition is no error of comparison',
    facts({ conditions: [{ type: 'SyncError', message: 'x' }] }),
    'pending',
    ['desired-differs'],
  ],
  [
    'pending, and the last operation on it failed',
    facts({ operation: failed }),
    'pending',
    ['desired-differs', 'operation-failed'],
  ],
  [
    'a failure that a successful sync came after is over',
    facts({ operation: failed, syncedAt: 130 }),
    'pending',
    ['desired-differs'],
  ],
];

describe('syncStateOf', () => {
  it.each(cases)('%s', (_, given, word, codes) => {
    const derived = syncStateOf(given);
    expect([derived.sync, derived.reasons.map(({ code }) => code)]).toEqual([
      word,
      codes,
    ]);
    expect(derived.failing).toBe(codes.includes('operation-failed'));
    expect(derived.pruneOnly).toBe(codes.includes('prune-only'));
    expect(derived.lacking).toBe(codes.includes('revision-missing'));
    for (const { text } of derived.reasons) {
      expect(text.length).toBeGreaterThan(15);
      expect(text).not.toMatch(/undefined|[0-9a-f]{40}/);
    }
  });

  it('says why in words', () => {
    const textOf = (given: SyncFacts) => syncStateOf(given).reasons[0].text;
    expect(textOf(facts())).toBe(
      'apps/cart asks for something else at bbbbbbbb than was synced last (aaaaaaaa)',
    );
    expect(textOf(facts({ origins: [git({ desiredFingerprint: '1' })] }))).toBe(
      'Git asks for the same as was synced last (bbbbbbbb changes nothing of it since aaaaaaaa), and what runs differs all the same: 1 resource',
    );
    expect(
      textOf(
        facts({
          origins: [
            git({
              desiredFingerprint: '1',
              unfollowed: 'what https://git.tern.example/base?ref=main holds',
            }),
          ],
        }),
      ),
    ).toBe(
      'Cause unknown: apps/cart takes in what https://git.tern.example/base?ref=main holds, which cannot be compared. All else of it is the same at bbbbbbbb as was synced last (aaaaaaaa)',
    );
  });
});

describe('severityOf', () => {
  it.each([
    ['synced', 'healthy', false, 'ok'],
    ['synced', 'progressing', false, 'ok'],
    ['synced', 'degraded', false, 'bad'],
    ['synced', 'missing', false, 'attention'],
    ['synced', 'suspended', false, 'attention'],
    ['synced', 'unknown', false, 'unknown'],
    ['pending', 'healthy', false, 'attention'],
    ['pending', 'healthy', true, 'bad'],
    ['drifted', 'healthy', false, 'attention'],
    ['out-of-sync', 'healthy', false, 'attention'],
    ['unknown', 'healthy', false, 'unknown'],
    ['unknown', 'degraded', false, 'bad'],
  ] as const)('%s, %s, failing %s: %s', (sync, health, failing, state) => {
    expect(stateOfSeverity(severityOf({ sync, health, failing }))).toBe(state);
  });
});
