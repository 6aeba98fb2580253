import type { Page } from 'playwright-core';
import { ErrorCollector, fixedWorld, signIn } from '../support';
import type { TestContext } from './TestContext';

export interface OpenPageOptions {
  as: 'Ana' | 'Bo' | 'Chen' | 'Dana' | 'Eli';
  path: string;
  theme?: 'light' | 'dark';
  width?: number;
  /**
   * The browser's clock stands where the company's history ends, so that a
   * range such as 30 days means the same on every day the tests run.
   */
  atEndOfWorld?: boolean;
}

export interface OpenedPage {
  page: Page;
  errors: ErrorCollector;
  close(): Promise<void>;
}

/** A browser of its own for one person, signed in, on a page of the portal. */
export async function openPage(
  context: TestContext,
  options: OpenPageOptions,
): Promise<OpenedPage> {
  const { url } = context.world.portal;
  const own = await context.browser.newContext({
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    viewport: { width: 1400, height: 1000 },
  });
  const page = await own.newPage();
  page.setDefaultTimeout(20_000);
  if (options.atEndOfWorld) {
    await page.clock.setSystemTime(fixedWorld.end);
  }
  const errors = ErrorCollector.attach(page);
  await signIn(page, { url, as: options.as, path: options.path });
  if (options.width) {
    await page.setViewportSize({ width: options.width, height: 1000 });
    await page.reload();
  }
  return { page, errors, close: () => own.close() };
}
