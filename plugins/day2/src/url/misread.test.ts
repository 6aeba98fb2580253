import { misread } from './misread';
import { readPageState } from './pageState';

const of = (query: string) => misread(new URLSearchParams(query));
const long = 'x'.repeat(300);

describe('what an address asks for in vain', () => {
  it.each([
    ['range=1y', [{ key: 'range', value: '1y' }]],
    ['range=custom&from=x&to=y', [{ key: 'range', value: 'custom' }]],
    [
      'range=custom&from=2026-01-01T00:00:00Z&to=%2B275000-01-01T00:00:00Z',
      [{ key: 'range', value: 'custom' }],
    ],
    ['section=secret', [{ key: 'section', value: 'secret' }]],
    ['kinds=deployment,drone', [{ key: 'kinds', value: 'deployment,drone' }]],
    ['open=shell:rm', [{ key: 'open', value: 'shell:rm' }]],
    [`q=${long}`, [{ key: 'q', value: `${'x'.repeat(40)}…` }]],
    [`env=${long}`, [{ key: 'env', value: `${'x'.repeat(40)}…` }]],
  ])('%s is said', (query, parts) => {
    expect(of(query)).toEqual(parts);
  });

  it('is nothing where all is understood, what is not ours included', () => {
    expect(
      of(
        'env=staging&range=custom&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&section=changes&kinds=change&q=x&open=change:1&words=itil&other=1',
      ),
    ).toEqual([]);
    expect(of('')).toEqual([]);
  });

  it('never reaches the API at a length that it refuses', () => {
    expect(
      readPageState(
        new URLSearchParams(`q=${long}&env=${long}&open=change:${long}`),
      ),
    ).toMatchObject({
      text: 'x'.repeat(100),
      environment: undefined,
      open: undefined,
    });
  });
});
