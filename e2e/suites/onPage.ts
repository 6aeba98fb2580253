import type { Page } from 'playwright-core';
import { screenshot } from '../support';
import type { ErrorCollector } from '../support';
import { openPage, type OpenPageOptions } from './openPage';
import type { TestContext } from './TestContext';

/**
 * Does something on a page, keeps a picture of its end under a name, and fails
 * on any uncaught error of it.
 */
export async function onPage(
  context: TestContext,
  options: OpenPageOptions & { name: string },
  work: (page: Page, errors: ErrorCollector) => Promise<void>,
): Promise<void> {
  const { page, errors, close } = await openPage(context, options);
  try {
    await work(page, errors);
    errors.check();
  } finally {
    await screenshot(page, options.name).catch(() => {});
    await close();
  }
}
