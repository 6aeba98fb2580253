import { contentOf, type Place } from './accessibilitySuite';

const entity = '/catalog/default/component/payments-api';

/** What there is in any company: a service with its drawers and cards, sources, services. */
export const worldPlaces: Place[] = [
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
