import { readPageState, writePageState } from './pageState';

const read = (query: string) => readPageState(new URLSearchParams(query));

describe('the page’s state in the URL', () => {
  it('has defaults', () => {
    expect(read('')).toEqual({
      environment: undefined,
      range: { preset: '14d' },
      section: 'timeline',
      kinds: [],
      text: '',
      open: undefined,
    });
  });

  it.each([
    ['range=2y', { range: { preset: '14d' } }],
    ['range=custom&from=x&to=y', { range: { preset: '14d' } }],
    ['section=secret', { section: 'timeline' }],
    ['kinds=deployment,drone', { kinds: ['deployment'] }],
    ['open=deployment', { open: undefined }],
    ['open=shell:rm', { open: undefined }],
    ['open=deployment:a:b', { open: { kind: 'deployment', id: 'a:b' } }],
  ])('%s is read with care', (query, part) => {
    expect(read(query)).toMatchObject(part);
  });

  it('comes back as it was written', () => {
    const state = {
      environment: 'staging & more',
      range: {
        preset: 'custom' as const,
        from: '2026-11-01T00:00:00.000Z',
        to: '2026-11-02T00:00:00.000Z',
      },
      section: 'changes' as const,
      kinds: ['change' as const],
      text: 'retry #4',
      open: { kind: 'change' as const, id: 'chg:1/2' },
    };
    const written = writePageState(new URLSearchParams('words=itil'), state);
    expect(read(written.toString())).toEqual(state);
    expect(written.get('words')).toBe('itil');
  });

  it('leaves defaults out, and from and to with a rolling range', () => {
    const custom = new URLSearchParams(
      'range=custom&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&q=x',
    );
    expect(
      writePageState(custom, { range: { preset: '14d' }, text: '' }).toString(),
    ).toBe('');
    expect(writePageState(custom, { range: { preset: '7d' } }).toString()).toBe(
      'range=7d&q=x',
    );
  });
});
