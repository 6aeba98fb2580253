import type { Page } from 'playwright-core';

/** Telephones: the narrowest there are, and the usual ones. */
export const narrowWidths = [360, 390];

/**
 * What sticks out of the window to the right, where it scrolls sideways: how
 * wide the page is, and the first of its parts, the portal's frame among them.
 */
export async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    // What measures itself does so after a frame.
    await new Promise(resolve => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    // What an ancestor cuts off makes nothing wider.
    const isCut = (each: Element) => {
      for (let at: Element | null = each; at; at = at.parentElement) {
        const { overflowX, clip } = getComputedStyle(at);
        if (
          at !== document.body &&
          (overflowX !== 'visible' || clip !== 'auto')
        ) {
          return true;
        }
      }
      return false;
    };
    return scrollWidth <= clientWidth
      ? []
      : [
          `${scrollWidth} of ${clientWidth} pixels`,
          ...[...document.querySelectorAll('body *')]
            .filter(
              each =>
                each.getBoundingClientRect().right > clientWidth + 1 &&
                !isCut(each),
            )
            .slice(-5)
            .map(each => each.outerHTML.slice(0, 300)),
        ];
  });
}
