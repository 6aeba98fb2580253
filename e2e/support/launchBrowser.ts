import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { root } from './root';

/**
 * Starts the Chromium of the machine; `npm test` finds or installs it and says
 * where it is. Root has no sandbox, and nothing may phone home during tests.
 */
export function launchBrowser(): Promise<Browser> {
  const { findChromium } = require(join(
    root,
    'tools/src/test/findChromium.cjs',
  ));
  const executablePath: string | undefined = findChromium({ env: process.env });
  if (!executablePath) {
    throw new Error(
      'There is no Chromium: run npm test -- --only e2e, or set CHROMIUM_PATH',
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
