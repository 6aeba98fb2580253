import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { checkAccessibility } from '../support';
import { openPage } from './openPage';
import type { GetContext, TestContext } from './TestContext';
import { narrowWidths, tooWide } from './tooWide';

/** Something of ours that everybody must be able to use. */
export interface Place {
  name: string;
  path: string | ((context: TestContext) => string);
  as?: 'Ana' | 'Chen' | 'Dana';
  /** It is of a company that goes on: the browser's clock is the real one. */
  now?: boolean;
  /** Waits until it is all there, and answers what of it is ours. */
  content: (page: Page, context: TestContext) => Promise<Locator[]>;
}

/**
 * No violation of WCAG A or AA in what is ours, in light and in dark, and
 * nothing that makes a telephone's page scroll sideways.
 */
export function accessibilitySuite(context: GetContext, places: Place[]): void {
  describe('for everybody', () => {
    for (const { name, path, as, now, content } of places) {
      test(`${name}, light and dark, and on a telephone`, async () => {
        const { page, errors, close } = await openPage(context(), {
          as: as ?? 'Ana',
          path: typeof path === 'string' ? path : path(context()),
          theme: 'light',
          atEndOfWorld: !now,
        });
        try {
          const parts = await content(page, context());
          assert.notEqual(parts.length, 0);
          for (const theme of ['light', 'dark'] as const) {
            // The portal follows the machine's choice while it is open.
            await page.emulateMedia({ colorScheme: theme });
            await page.locator(`body[data-theme-mode="${theme}"]`).waitFor();
            for (const part of parts) {
              await checkAccessibility(part).catch(error => {
                throw new Error(`In ${theme}: ${error.message}`);
              });
            }
          }
          // A hint that the pointer has opened stays where the wide page had it.
          await page.mouse.move(0, 0);
          for (const width of narrowWidths) {
            await page.setViewportSize({ width, height: 1000 });
            assert.deepEqual(await tooWide(page), [], `at ${width} pixels`);
          }
          errors.check();
        } finally {
          await close();
        }
      });
    }
  });
}

/** All of a service's tab, without the portal's frame around it. */
export function contentOf(page: Page, service = 'payments-api'): Locator {
  return page
    .getByRole('heading', { name: service, level: 2 })
    .last()
    .locator('xpath=ancestor::div[.//section][1]');
}
