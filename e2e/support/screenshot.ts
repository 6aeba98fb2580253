import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './root';

/** Keeps a picture of the page in the git-ignored e2e-results folder. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = join(root, 'e2e-results');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name.replace(/[^\w-]+/g, '-')}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}
