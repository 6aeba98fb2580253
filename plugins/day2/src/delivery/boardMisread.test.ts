import { boardMisread } from './boardMisread';

const of = (query: string) =>
  boardMisread(new URLSearchParams(query)).map(
    ({ key, value }) => `${key} ${value}`,
  );

describe('what the address asks of the scoreboard in vain', () => {
  it.each([
    ['range=custom', ['customRange … – …']],
    ['range=custom&from=2026-11-01', ['customRange 2026-11-01 – …']],
    [
      'range=custom&from=2026-11-02&to=2026-11-01',
      ['customRange 2026-11-02 – 2026-11-01'],
    ],
    ['range=14d', ['range 14d']],
    ['by=person', ['by person']],
    ['zone=Moon', ['zone Moon']],
    [`env=${'x'.repeat(101)}`, [`env ${'x'.repeat(60)}…`]],
    ['members=later', ['members later']],
    ['compare=maybe', ['compare maybe']],
    ['open=figure:nonsense:team:x', ['open figure:nonsense:team:x']],
    ['open=shell:rm', ['open shell:rm']],
  ])('%s is said', (query, expected) => {
    expect(of(query)).toEqual(expected);
  });

  it('is an environment that is not configured, once that is known', () => {
    const query = new URLSearchParams('env=nope');
    expect(boardMisread(query)).toEqual([]);
    expect(boardMisread(query, ['production', 'nope'])).toEqual([]);
    expect(boardMisread(query, ['production'])).toEqual([
      { key: 'env', value: 'nope' },
    ]);
  });

  it('is nothing where all is understood, what is not ours included', () => {
    expect(of('')).toEqual([]);
    expect(
      of(
        'range=custom&from=2026-11-01&to=2026-11-02&by=system&zone=UTC&env=lab&members=now&compare=no&open=deployment:1&role=numerator&words=itil',
      ),
    ).toEqual([]);
    expect(of('open=figure:changeFailRate:organisation&range=90d')).toEqual([]);
  });
});
