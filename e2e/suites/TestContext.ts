import type { Browser } from 'playwright-core';
import type { Truth } from '@day2/sandbox';
import type { PortalApi, PersonName, World } from '../support';

/** What the suites share: one company, one portal, one browser. */
export interface TestContext {
  world: World;
  browser: Browser;
  truth: Truth;
  /** The API as one of the people sees it. */
  api(person: PersonName): Promise<PortalApi>;
}

/** Answers the context once it is made; suites are described before. */
export type GetContext = () => TestContext;
