import { Content, Header, Page } from '@backstage/core-components';
import { Navigate, Route, Routes } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';
import { ScoreboardPage } from '../delivery';
import { FleetPage } from '../fleet';
import { IncidentsRoutes } from '../incidents';
import { ObjectivesPage } from '../objectives';
import { ServicesPage } from '../services';
import { SourcesPage } from '../sources';
import { SectionNav, Stack } from '../ui';
import { useText } from '../translation';
import { useLocation } from 'react-router-dom';

/** The legacy system's shell around the same pages. */
export function Day2LegacyPage() {
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const { pathname } = useLocation();
  const item = (path: string, label: string) => ({
    to: `${root}/${path}`,
    label,
    current: `${pathname}/`.startsWith(`${root}/${path}/`),
  });
  return (
    <Page themeId="tool">
      <Header title="Day 2" />
      <Content>
        <Stack>
          <SectionNav
            label="Day 2"
            items={[
              item('fleet', t('fleet.title')),
              item('scoreboard', t('delivery.scoreboard')),
              item('objectives', t('objective.section')),
              item('incidents', t('incident.section')),
              item('services', t('service.all')),
              item('sources', t('source.title')),
            ]}
          />
          <Routes>
            <Route path="fleet" element={<FleetPage />} />
            <Route path="scoreboard" element={<ScoreboardPage />} />
            <Route path="objectives" element={<ObjectivesPage />} />
            <Route path="incidents/*" element={<IncidentsRoutes />} />
            <Route path="services" element={<ServicesPage />} />
            <Route path="sources" element={<SourcesPage />} />
            <Route path="*" element={<Navigate to="fleet" replace />} />
          </Routes>
        </Stack>
      </Content>
    </Page>
  );
}
