import { screen } from '@testing-library/react';
import { someOnCall } from '../__testUtils__/incidentRecords';
import { aSummary } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from './EntityDay2Content';

describe('the tiles of objectives and incidents', () => {
  it('say how they stand in words, and for how long', async () => {
    const base = aSummary();
    renderDay2(<EntityDay2Content />, {
      answers: {
        getServiceSummary: () => ({
          ...base,
          header: { ...base.header, onCall: [someOnCall()] },
          tiles: {
            ...base.tiles,
            objectives: {
              state: 'bad',
              headline: '32 % budget left',
              detail: 'worst: availability; page; burn 22',
              figures: [
                { value: 0.32, unit: 'ratio of the budget left', n: 3 },
                { value: 3, unit: 'objectives', n: 3 },
                { value: 1, unit: 'page', n: 3 },
                { value: 2, unit: 'ok', n: 3 },
              ],
            },
            incidents: {
              state: 'bad',
              headline: '1 open  P2',
              at: new Date(Date.now() - 38 * 60_000).toISOString(),
              figures: [
                { value: 1, unit: 'open', n: 4 },
                { value: 0, unit: 'mitigated', n: 4 },
                { value: 4, unit: 'incidents', n: 4 },
              ],
            },
          },
        }),
      },
    });
    const objectives = await screen.findByRole('region', {
      name: 'Objectives',
    });
    expect(objectives).toHaveTextContent('32 % budget left');
    expect(objectives).toHaveTextContent('worst: availability; page; burn 22');
    expect(objectives).toHaveTextContent('1 Burns fast, 2 Fine');
    expect(objectives).not.toHaveTextContent('ratio');
    const incidents = screen.getByRole('region', { name: 'Incidents' });
    expect(incidents).toHaveTextContent(/1 open\s+P2/);
    expect(incidents).toHaveTextContent('for 38 min');
    expect(incidents).toHaveTextContent('4 incidents in the range');
    expect(
      screen.getByRole('region', { name: 'When it breaks' }),
    ).toHaveTextContent('On call nowKim, level 1, Payments primary');
  });
});
