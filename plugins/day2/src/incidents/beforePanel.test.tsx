import { screen, within } from '@testing-library/react';
import { anIncidentAnswer } from '../__testUtils__/incidentRecords';
import { anEntry, hoursAgo } from '../__testUtils__/records';
import { renderIncident } from '../__testUtils__/renderIncident';

it('marks what was being rolled out when the incident began, and since when', async () => {
  renderIncident({
    getIncident: () =>
      anIncidentAnswer({
        before: [
          anEntry({ id: 'culprit', underWaySince: hoursAgo(2.2) }),
          anEntry({ id: 'over' }),
        ],
      }),
  });
  const table = await screen.findByRole('table', {
    name: 'What changed in the 24 hours before it',
  });
  const [, culprit, over] = within(table).getAllByRole('row');
  expect(culprit).toHaveTextContent(
    /Under way when the incident began\s*began/,
  );
  expect(over).not.toHaveTextContent('Under way');
});
