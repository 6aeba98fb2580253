import type { Observation } from '../sources/observations';
import { ObservationLedger, type KeyedObservation } from './ObservationLedger';

function tag(key: string, version: number, name = key): KeyedObservation {
  return { kind: 'tag', key, version, repository: 'r', name, sha: 'a' };
}

function ledgerWith(...observations: Observation[]): ObservationLedger {
  const ledger = ObservationLedger.create();
  ledger.apply({ observations, cursor: {} });
  return ledger;
}

describe('ObservationLedger', () => {
  it.each([
    [
      'a newer version replaces',
      [tag('a', 1, 'old'), tag('a', 2, 'new')],
      'new',
    ],
    [
      'an older version is ignored',
      [tag('a', 2, 'new'), tag('a', 1, 'old')],
      'new',
    ],
    [
      'the same version replaces where it differs',
      [tag('a', 1, 'old'), tag('a', 1, 'new')],
      'new',
    ],
  ])('%s', (_, observations, name) => {
    expect(ledgerWith(...observations).observations).toMatchObject([{ name }]);
  });

  it('counts a write only where something changes', () => {
    expect(ledgerWith(tag('a', 1), tag('a', 1)).totals.writes).toBe(1);
  });

  it('withdraws by a whole part of the key', () => {
    const ledger = ledgerWith(tag('ab:1', 1), tag('ab', 1), tag('abc:1', 1), {
      kind: 'withdrawn',
      keyPrefix: 'ab',
      reason: 'gone',
    });
    expect(ledger.observations.map(({ key }) => key)).toEqual(['abc:1']);
  });

  it('sweeps what a complete pass did not name, up to 30 %', () => {
    const all = Array.from({ length: 10 }, (_, index) => tag(`k${index}`, 1));
    const ledger = ledgerWith(...all);
    ledger.apply({
      observations: all.slice(3),
      cursor: {},
      pass: { id: 'one', complete: true },
    });
    expect(ledger.observations).toHaveLength(7);
    ledger.apply({
      observations: all.slice(6),
      cursor: {},
      pass: { id: 'two', complete: true },
    });
    expect(ledger.observations).toHaveLength(7);
    expect(ledger.totals.refusedSweeps).toBe(1);
  });

  it('does not sweep before the pass is complete', () => {
    const ledger = ledgerWith(
      tag('a', 1),
      tag('b', 1),
      tag('c', 1),
      tag('d', 1),
    );
    ledger.apply({
      observations: [tag('a', 1)],
      cursor: {},
      pass: { id: 'p' },
    });
    expect(ledger.observations).toHaveLength(4);
  });

  it('sweeps only the kinds of a pass, and keeps what stands without being said', () => {
    const all = Array.from({ length: 10 }, (_, index) => tag(`k${index}`, 1));
    const ledger = ledgerWith(...all, {
      kind: 'commit',
      key: 'c',
      version: 1,
      repository: 'r',
      sha: 'a',
      parents: [],
      committedAt: 0,
      title: 'c',
      authors: [],
      issueKeys: [],
      paths: [],
      pathsCut: false,
    });
    ledger.apply({
      observations: all.slice(0, 1),
      cursor: {},
      pass: {
        id: 'one',
        complete: true,
        kinds: ['tag'],
        standing: all.slice(2).map(({ key }) => key),
      },
    });
    expect(ledger.observations.map(({ key }) => key)).toEqual([
      'c',
      ...all.filter((_, index) => index !== 1).map(({ key }) => key),
    ]);
  });
});
