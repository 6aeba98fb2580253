import type { Page } from 'playwright-core';

export interface SignInOptions {
  /** Where the portal answers. */
  url: string;
  /** The name on the sign-in page: Ana, Bo, Chen, Dana or Eli. */
  as: string;
  /** A path to land on; the portal's own start page otherwise. */
  path?: string;
}

/** Opens the portal and signs in as one of the sandbox's people. */
export async function signIn(
  page: Page,
  options: SignInOptions,
): Promise<void> {
  await page.goto(new URL(options.path ?? '/', options.url).href);
  await page
    .getByRole('button', { name: new RegExp(`^${options.as}\\b`) })
    .click();
  await page.getByRole('heading', { name: 'Sign in as' }).waitFor({
    state: 'detached',
  });
  await page.getByRole('link', { name: 'Settings' }).waitFor();
}
