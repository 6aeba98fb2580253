import { safeHref } from './safeHref';

describe('safeHref', () => {
  it.each([
    'https://runbooks.example/x',
    'HTTP://runbooks.example',
    'mailto:oncall@example.org',
    '/docs/default/component/x',
  ])('takes %s', href => {
    expect(safeHref(href)).toBe(href);
  });

  it.each([
    // eslint-disable-next-line no-script-url
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'runbook.md',
    '',
  ])('refuses %p', href => {
    expect(safeHref(href)).toBeUndefined();
  });
});
