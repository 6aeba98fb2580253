import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import day2Plugin, { day2ApiRef } from '.';
import { day2EntityContent } from './extensions/entityContent';
import { day2EntityCards, day2GroupCards } from './extensions/entityCards';
import { fakeApi } from './__testUtils__/fakeApi';
import { entity } from './__testUtils__/renderDay2';

const apis = () =>
  [
    [day2ApiRef, fakeApi()],
    [catalogApiRef, catalogApiMock({ entities: [entity] })],
  ] as const;

describe('the plugin in the new frontend system', () => {
  it('has a page whose tabs are Fleet, Scoreboard, Services and Sources', async () => {
    renderTestApp({
      features: [day2Plugin],
      apis: apis(),
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: ['/day2'],
    });
    expect(
      await screen.findByRole('link', { name: 'payments-api' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Scoreboard' }));
    expect(
      await screen.findByRole('table', { name: 'By team' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Objectives' }));
    expect(
      await screen.findByRole('table', { name: 'Objectives' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Incidents' }));
    await userEvent.click(
      await screen.findByRole('link', { name: 'Captures fail' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'What may have done it' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Services' }));
    expect(
      await screen.findByRole('table', { name: 'Services' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    expect(await screen.findByText('tern-gitops')).toBeInTheDocument();
  });

  it('adds its tab to a component', async () => {
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), day2EntityContent],
      apis: apis(),
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect(await screen.findByText('2 of 2 sources fine')).toBeInTheDocument();
  });

  it('adds its cards to a component', async () => {
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), ...day2EntityCards],
      apis: apis(),
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect(
      await screen.findByRole('heading', { name: 'What changed' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Running versions' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Objectives' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Incidents' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Delivery' }),
    ).toBeInTheDocument();
  });

  it('adds its card to a group', async () => {
    const group = { ...entity, kind: 'Group' };
    renderTestApp({
      extensions: [createTestEntityPage({ entity: group }), ...day2GroupCards],
      apis: apis(),
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    // The portal has no page Day 2 here: then there is nothing to lead to.
    expect(
      await screen.findByRole('heading', { name: 'Change fail rate' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'All of it on the scoreboard' }),
    ).not.toBeInTheDocument();
    const [card] = day2GroupCards;
    const applies = createExtensionTester(
      card as unknown as typeof day2EntityContent,
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(applies?.(group)).toBe(true);
    expect(applies?.(entity)).toBe(false);
  });

  it.each([...day2EntityCards, day2EntityContent])(
    'adds nothing to what is no component (%#)',
    extension => {
      // The three differ in their type by their names alone.
      const applies = createExtensionTester(
        extension as typeof day2EntityContent,
      ).get(EntityContentBlueprint.dataRefs.filterFunction);
      expect(applies?.(entity)).toBe(true);
      expect(applies?.({ ...entity, kind: 'Group' })).toBe(false);
    },
  );
});
