import type { Page } from 'playwright-core';

/** What sticks out of the window to the right, where it does scroll. */
export async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth
      ? []
      : [...document.querySelectorAll('main *')]
          .filter(each => each.getBoundingClientRect().right > clientWidth + 1)
          .slice(0, 5)
          .map(each => each.outerHTML.slice(0, 200));
  });
}
