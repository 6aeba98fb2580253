import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  ErrorCollector,
  launchBrowser,
  screenshot,
  signIn,
  startWorld,
} from './support';
import type { World } from './support';

describe('the portal', () => {
  let world: World;
  let browser: Browser;

  before(async () => {
    world = await startWorld({ sandbox: false });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  test('lets Ana in and shows her the catalog', async t => {
    const page = await browser.newPage();
    const errors = ErrorCollector.attach(page);
    t.after(() => screenshot(page, 'portal-catalog'));

    await signIn(page, { url: world.portal.url, as: 'Ana' });

    await page.getByRole('link', { name: 'payments-api' }).first().waitFor();
    assert.match(page.url(), /\/catalog/);
    errors.check();
  });
});
