import { docsHref } from './docsHref';

describe('docsHref', () => {
  it.each([
    [
      'docs/git.md#paths',
      'https://github.com/day2-backstage/day2/blob/main/docs/git.md#paths',
    ],
    ['https://wiki.example/day2', 'https://wiki.example/day2'],
    ['/docs/default/component/day2', '/docs/default/component/day2'],
  ])('%s is at %s', (page, href) => {
    expect(docsHref(page)).toBe(href);
  });
});
