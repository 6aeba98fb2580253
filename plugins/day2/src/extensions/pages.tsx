import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';
import { Icon, PageFrame } from '../ui';

/** The page in the navigation; its tabs are the sub pages. */
export const day2Page = PageBlueprint.make({
  params: {
    path: '/day2',
    title: 'Day 2',
    icon: <Icon name="day2" size={16} />,
    routeRef: rootRouteRef,
  },
});

export const day2FleetPage = SubPageBlueprint.make({
  name: 'fleet',
  params: {
    path: 'fleet',
    title: 'Fleet',
    loader: () =>
      import('../fleet').then(({ FleetPage }) => (
        <PageFrame>
          <FleetPage />
        </PageFrame>
      )),
  },
});

export const day2ScoreboardPage = SubPageBlueprint.make({
  name: 'scoreboard',
  params: {
    path: 'scoreboard',
    title: 'Scoreboard',
    loader: () =>
      import('../delivery').then(({ ScoreboardPage }) => (
        <PageFrame>
          <ScoreboardPage />
        </PageFrame>
      )),
  },
});

export const day2ObjectivesPage = SubPageBlueprint.make({
  name: 'objectives',
  params: {
    path: 'objectives',
    title: 'Objectives',
    loader: () =>
      import('../objectives').then(({ ObjectivesPage }) => (
        <PageFrame>
          <ObjectivesPage />
        </PageFrame>
      )),
  },
});

export const day2IncidentsPage = SubPageBlueprint.make({
  name: 'incidents',
  params: {
    path: 'incidents',
    title: 'Incidents',
    loader: () =>
      import('../incidents').then(({ IncidentsRoutes }) => (
        <PageFrame>
          <IncidentsRoutes />
        </PageFrame>
      )),
  },
});

export const day2ServicesPage = SubPageBlueprint.make({
  name: 'services',
  params: {
    path: 'services',
    title: 'Services',
    loader: () =>
      import('../services').then(({ ServicesPage }) => (
        <PageFrame>
          <ServicesPage />
        </PageFrame>
      )),
  },
});

export const day2SourcesPage = SubPageBlueprint.make({
  name: 'sources',
  params: {
    path: 'sources',
    title: 'Sources',
    loader: () =>
      import('../sources').then(({ SourcesPage }) => (
        <PageFrame>
          <SourcesPage />
        </PageFrame>
      )),
  },
});
