import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  Day2Page,
  day2ApiRef,
  EntityDay2Content,
  EntityDeliveryCard,
  EntityGroupDeliveryCard,
  EntityIncidentsCard,
  EntityObjectivesCard,
  EntityRunningVersionsCard,
  EntitySyncCard,
  EntityWhatChangedCard,
} from './legacy';
import { fakeApi } from './__testUtils__/fakeApi';
import { entity } from './__testUtils__/renderDay2';
import { entityContentRouteRef, rootRouteRef } from './routes';

async function renderLegacy(element: JSX.Element, path = '/') {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [day2ApiRef, fakeApi()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ]}
    >
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/operations': rootRouteRef,
        '/tab': entityContentRouteRef,
      },
    },
  );
}

describe('the legacy frontend system', () => {
  it('has the same tab', async () => {
    await renderLegacy(
      <Routes>
        <Route path="/tab" element={<EntityDay2Content />} />
      </Routes>,
      '/tab',
    );
    expect(await screen.findByText('2 of 2 sources fine')).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: '2.40.3 → 2.41.0' }),
    ).toBeInTheDocument();
  });

  it('has the same cards', async () => {
    await renderLegacy(
      <>
        <EntityWhatChangedCard />
        <EntityRunningVersionsCard />
        <EntitySyncCard />
        <EntityObjectivesCard />
        <EntityIncidentsCard />
        <EntityDeliveryCard />
        <EntityGroupDeliveryCard />
      </>,
    );
    expect(
      await screen.findByRole('link', { name: '2.40.3 → 2.41.0' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Running versions' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'By environment and target' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Objectives' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Captures fail' }),
    ).toHaveAttribute('href', '/operations/incidents/inc-1');
    expect(
      (
        await screen.findAllByRole('link', {
          name: 'All of it on the Day 2 tab',
        })
      )[1],
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'All of it on the scoreboard' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/operations\/scoreboard/),
    );
  });

  it('has the page, wherever the app puts it', async () => {
    await renderLegacy(
      <Routes>
        <Route path="/operations/*" element={<Day2Page />} />
      </Routes>,
      '/operations/sources',
    );
    expect(await screen.findByText('tern-gitops')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Fleet' })).toHaveAttribute(
      'href',
      '/operations/fleet',
    );
    expect(screen.getByRole('link', { name: 'Scoreboard' })).toHaveAttribute(
      'href',
      '/operations/scoreboard',
    );
    expect(screen.getByRole('link', { name: 'Objectives' })).toHaveAttribute(
      'href',
      '/operations/objectives',
    );
    expect(screen.getByRole('link', { name: 'Services' })).toHaveAttribute(
      'href',
      '/operations/services',
    );
  });

  it('has a page for each incident below it', async () => {
    await renderLegacy(
      <Routes>
        <Route path="/operations/*" element={<Day2Page />} />
      </Routes>,
      '/operations/incidents/inc-1',
    );
    expect(
      await screen.findByRole('heading', { name: 'Captures fail' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Incidents' })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });
});
