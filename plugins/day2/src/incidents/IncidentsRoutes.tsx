import { Route, Routes } from 'react-router-dom';
import { IncidentPage } from './IncidentPage';
import { IncidentsPage } from './IncidentsPage';

/** The list of incidents, and the page of each below it. */
export function IncidentsRoutes() {
  return (
    <Routes>
      <Route path=":id" element={<IncidentPage />} />
      <Route path="*" element={<IncidentsPage />} />
    </Routes>
  );
}
