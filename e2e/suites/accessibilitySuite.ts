import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessibility } from '../support';
import { openPage } from './openPage';
import type { GetContext } from './TestContext';

const entity = '/catalog/default/component/payments-api';

interface Place {
  name: string;
  path: string;
  as?: 'Ana' | 'Dana';
  /** Waits until it is all there, and answers what of it is ours. */
  content: (page: Page) => Promise<ReturnType<Page['locator']>[]>;
}

const places: Place[] = [
  {
    name: 'the timeline',
    path: `${entity}/day2?range=30d`,
    content: async page => {
      await page.getByRole('table', { name: 'The same as a list' }).waitFor();
      // The tab's content: what holds its heading and its tables.
      return [contentOf(page)];
    },
  },
  {
    name: 'the section Changes',
    path: `${entity}/day2?range=30d&section=changes`,
    content: async page => {
      await page.getByRole('table', { name: 'Deployments' }).waitFor();
      await page.getByRole('table', { name: 'Changes', exact: true }).waitFor();
      return [contentOf(page)];
    },
  },
  {
    name: 'a deployment’s drawer',
    path: `${entity}/day2?range=30d`,
    content: async page => {
      await page
        .getByRole('button', { name: /^Rolled back/ })
        .last()
        .click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('heading', { name: /^Carried commits/ }).waitFor();
      return [drawer];
    },
  },
  {
    name: 'a change’s drawer',
    path: `${entity}/day2?range=30d&section=changes`,
    content: async page => {
      await page
        .getByRole('table', { name: 'Changes', exact: true })
        .getByRole('button')
        .first()
        .click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Landed').waitFor();
      return [drawer];
    },
  },
  {
    name: 'the cards',
    path: entity,
    content: async page => {
      const cards = ['Running versions', 'What changed'].map(name =>
        page.getByRole('region', { name, exact: true }).first(),
      );
      for (const card of cards) {
        await card.getByRole('table').waitFor();
      }
      return cards;
    },
  },
  {
    name: 'the Sources page',
    path: '/day2/sources',
    as: 'Dana',
    content: async page => {
      const content = page
        .getByRole('region', { name: 'Sources', exact: true })
        .first();
      await content.getByText('tern-gitops').first().waitFor();
      return [content];
    },
  },
  {
    name: 'the list of services',
    path: '/day2/services',
    content: async page => {
      const content = page
        .getByRole('region', { name: 'Services', exact: true })
        .first();
      await content.getByText('payments-api').first().waitFor();
      return [content];
    },
  },
];

/** No violation of WCAG A or AA in what is ours, in light and in dark. */
export function accessibilitySuite(context: GetContext): void {
  describe('for everybody', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const { name, path, as, content } of places) {
        test(`${name}, ${theme}`, async () => {
          const { page, errors, close } = await openPage(context(), {
            as: as ?? 'Ana',
            path,
            theme,
            atEndOfWorld: true,
          });
          try {
            for (const part of await content(page)) {
              await checkAccessibility(part);
            }
            errors.check();
          } finally {
            await close();
          }
        });
      }
    }
  });
}

/** All of the tab, without the portal's frame around it. */
function contentOf(page: Page) {
  return page
    .getByRole('heading', { name: 'payments-api', level: 2 })
    .last()
    .locator('xpath=ancestor::div[.//section][1]');
}
