import { Route, Routes } from 'react-router-dom';
import { IncidentPage } from '../incidents/IncidentPage';
import type { Answers } from './fakeApi';
import { renderDay2 } from './renderDay2';

/** The page of an incident, below the address that the test's portal opens with. */
export function renderIncident(
  answers: Answers = {},
): ReturnType<typeof renderDay2> {
  return renderDay2(
    <Routes>
      <Route path="/incidents/:id" element={<IncidentPage />} />
      <Route path="/day2/incidents/:id" element={<IncidentPage />} />
    </Routes>,
    { answers, query: 'incidents/inc-1' },
  );
}
