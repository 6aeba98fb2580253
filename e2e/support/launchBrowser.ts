import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/**
 * Starts the Chromium of the machine; `npm test` finds or installs it and says
 * where it is. Root has no sandbox, and nothing may phone home during tests.
 */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath) {
    throw new Error(
      'CHROMIUM_PATH is not set: run npm test -- --only e2e, or set it yourself',
    );
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
