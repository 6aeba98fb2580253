import { contentOf, type Place } from './accessibilitySuite';
import { serviceOf } from './syncPageTruth';

const tab = (service: string) => `/catalog/default/component/${service}/day2`;

/** What shows something only where there are Argo CDs and deployments of them. */
export const syncPlaces: Place[] = [
  {
    name: 'the section Sync',
    path: ({ truth }) => `${tab(serviceOf(truth, 'drifted'))}?section=sync`,
    as: 'Chen',
    content: async (page, { truth }) => {
      await page.getByRole('table', { name: 'Applications' }).waitFor();
      return [contentOf(page, serviceOf(truth, 'drifted'))];
    },
  },
  {
    name: 'an application’s drawer',
    path: ({ truth }) => `${tab(serviceOf(truth, 'drifted'))}?section=sync`,
    as: 'Chen',
    content: async page => {
      await page
        .getByRole('table', { name: 'By environment and target' })
        .getByRole('button', { name: /^Drifted/ })
        .first()
        .click();
      const drawer = page.getByRole('dialog');
      await drawer
        .getByRole('table', { name: 'What differs or is not well' })
        .waitFor();
      return [drawer];
    },
  },
  {
    name: 'the section Sync of what no Argo CD runs',
    path: `${tab('label-printer')}?section=sync`,
    as: 'Chen',
    content: async page => {
      await page.getByText('Annotation missing').first().waitFor();
      return [contentOf(page, 'label-printer')];
    },
  },
  {
    name: 'the section Delivery',
    path: `${tab('payments-api')}?range=90d&section=delivery`,
    content: async page => {
      await page.getByRole('region', { name: 'Change fail rate' }).waitFor();
      return [contentOf(page)];
    },
  },
  {
    name: 'Fleet',
    path: '/day2/fleet',
    as: 'Chen',
    content: async page => {
      await page.getByRole('link', { name: 'payments-api' }).waitFor();
      return [page.getByRole('region', { name: 'Fleet', exact: true }).first()];
    },
  },
  {
    name: 'Scoreboard, with a team’s services',
    path: '/day2/scoreboard?range=90d&expand=group:default/payments',
    as: 'Chen',
    content: async page => {
      await page.getByRole('link', { name: 'payments-api' }).waitFor();
      return ['Scoreboard', 'By team'].map(name =>
        page.getByRole('region', { name, exact: true }).first(),
      );
    },
  },
  {
    name: 'a figure’s drawer',
    path: '/day2/scoreboard?range=90d&open=figure:changeFailRate:team:group:default/payments&role=all',
    as: 'Chen',
    content: async page => {
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('table').first().waitFor();
      return [drawer];
    },
  },
  {
    name: 'the card on a group’s page',
    path: '/catalog/default/group/payments',
    as: 'Chen',
    content: async page => {
      const card = page.getByRole('region', { name: 'Delivery', exact: true });
      await card.getByRole('region', { name: 'Change fail rate' }).waitFor();
      return [card];
    },
  },
];
