import type { Page } from 'playwright-core';
import { contentOf, type Place } from '../accessibilitySuite';

const entity = '/catalog/default/component/payments-api';

/** What the page of an incident consists of. */
const incidentParts = [
  'What is known',
  'What happened when',
  'What the tools say',
  'What may have done it',
  'What changed in the 24 hours before it',
  'What people said',
];

const region = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true }).first();

const places: Place[] = [
  {
    name: 'the page Objectives',
    path: '/day2/objectives',
    content: async page => {
      const content = region(page, 'Objectives');
      await content.getByText('payments-api').first().waitFor();
      return [content];
    },
  },
  {
    name: 'the page Incidents',
    path: '/day2/incidents?range=90d',
    content: async page => {
      const content = region(page, 'Incidents');
      await content.getByText('payments-api').first().waitFor();
      return [content];
    },
  },
  {
    name: 'an incident’s page',
    path: '/day2/incidents?range=90d&q=payments-api',
    content: async page => {
      await region(page, 'Incidents')
        .getByRole('table')
        .getByRole('link', { name: /too many requests fail/ })
        .first()
        .click();
      const parts = incidentParts.map(name => region(page, name));
      for (const part of parts) {
        await part.waitFor();
      }
      return parts;
    },
  },
  {
    name: 'the section Objectives',
    path: `${entity}/day2?section=objectives`,
    content: async page => {
      await page
        .getByRole('heading', { name: 'What spent it' })
        .first()
        .waitFor();
      return [contentOf(page)];
    },
  },
  {
    name: 'the section Incidents',
    path: `${entity}/day2?section=incidents&range=90d`,
    content: async page => {
      await region(page, 'Resolved in this time').getByRole('table').waitFor();
      return [contentOf(page)];
    },
  },
  {
    name: 'the cards of objectives and incidents',
    path: entity,
    content: async page => {
      const cards = ['Objectives', 'Incidents'].map(name => region(page, name));
      for (const card of cards) {
        await card.getByRole('link').first().waitFor();
      }
      return cards;
    },
  },
];

/** Where objectives and incidents are shown. */
export const operationsPlaces = places.map(
  (place): Place => ({ ...place, now: true }),
);
