import { serviceHeader } from './serviceHeader';

const header = (annotations: Record<string, string>) =>
  serviceHeader({
    id: 's',
    ref: 'component:default/cart',
    kind: 'component',
    title: 'Cart',
    annotations,
    links: [{ url: 'https://grafana.example' }],
  });

describe('serviceHeader', () => {
  const location = {
    'backstage.io/source-location': 'url:https://git.example/tern/cart/',
  };
  it.each([
    [{}, undefined],
    [
      { 'day2/runbook': 'https://wiki.example/cart' },
      'https://wiki.example/cart',
    ],
    [
      { ...location, 'day2/runbook': 'docs/runbook.md' },
      'https://git.example/tern/cart/docs/runbook.md',
    ],
    [{ 'day2/runbook': 'docs/runbook.md' }, 'docs/runbook.md'],
    [{ 'day2/runbook': 'vbscript:alert(1)' }, undefined],
    [{ ...location, 'day2/runbook': 'vbscript:alert(1)' }, undefined],
  ])('reads the runbook of %j', (annotations, runbook) => {
    expect(header(annotations).runbook).toBe(runbook);
  });

  it('reads support levels and leaves out what it cannot', () => {
    expect(
      header({
        'day2/support':
          'first=group:default/desk, second = user:default/bo,, nonsense',
      }).support,
    ).toEqual([
      { level: 'first', ref: 'group:default/desk' },
      { level: 'second', ref: 'user:default/bo' },
    ]);
  });

  it('names a link by its address where it has no title', () => {
    expect(header({}).links).toEqual([
      { title: 'https://grafana.example', url: 'https://grafana.example' },
    ]);
  });
});
