import type { Locator, Page } from 'playwright-core';

/** Presses Tab until the element has the focus; answers how often, 200 where it never had. */
export async function pressUntilFocused(
  page: Page,
  element: Locator,
): Promise<number> {
  for (let presses = 0; presses < 200; presses++) {
    if (await element.evaluate(each => each === document.activeElement)) {
      return presses;
    }
    await page.keyboard.press('Tab');
  }
  return 200;
}
