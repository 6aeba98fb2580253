import type { ReactElement } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import type { Answers } from '../__testUtils__/fakeApi';
import { anApplication } from '../__testUtils__/gitopsRecords';
import { anIncident, someOnCall } from '../__testUtils__/incidentRecords';
import { anObjective } from '../__testUtils__/objectiveRecords';
import { hoursAgo, nothingFound } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntitySyncCard } from '../gitops';
import { EntityIncidentsCard } from '../incidents';
import { EntityObjectivesCard } from '../objectives';

const asOf = hoursAgo(0.2);
const fine: SourcesStanding = { total: 2, fine: 2, reading: [], problems: [] };
const failing: SourcesStanding = {
  total: 2,
  fine: 1,
  reading: [],
  problems: [
    {
      source: 'tool:main',
      title: 'The tool',
      code: 'unreachable',
      text: 'It refused the connection.',
      since: hoursAgo(2),
    },
  ],
};

const answers = (sources: SourcesStanding, full = true): Answers => {
  const rest = { asOf, sources, ...(full ? {} : { empty: nothingFound }) };
  return {
    getServiceGitops: () => ({
      ...rest,
      items: full ? [anApplication()] : [],
      running: [],
    }),
    listServiceObjectives: () => ({
      ...rest,
      items: full ? [anObjective()] : [],
    }),
    listServiceIncidents: () => ({
      ...rest,
      items: full ? [anIncident()] : [],
      onCall: [someOnCall()],
    }),
  };
};

const panel = async (name: string) =>
  (await screen.findAllByRole('region', { name }))[0];

describe.each<[string, () => ReactElement]>([
  ['Sync', () => <EntitySyncCard />],
  ['Objectives', () => <EntityObjectivesCard />],
  ['Incidents', () => <EntityIncidentsCard />],
])('the card %s', (name, card) => {
  it('is grey where a source of it fails, and says which, why and since when', async () => {
    renderDay2(card(), { answers: answers(failing) });
    const opener = await screen.findByRole('button', {
      name: '1 of 2 sources fine',
    });
    const box = await panel(name);
    expect(box).toHaveAttribute('data-stale', 'true');
    expect(box).toHaveTextContent(/Stale\s*as of .* ago/);
    await userEvent.click(opener);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('The tool: not reachable');
    expect(dialog).toHaveTextContent('It refused the connection.');
    expect(dialog).toHaveTextContent(/since .* ago/);
  });

  it('says so too where it has nothing', async () => {
    renderDay2(card(), { answers: answers(failing, false) });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    expect(await panel(name)).toHaveAttribute('data-stale', 'true');
  });

  it('is as it is while all of them are well', async () => {
    renderDay2(card(), { answers: answers(fine) });
    await screen.findByRole('button', { name: '2 of 2 sources fine' });
    expect(await panel(name)).not.toHaveAttribute('data-stale');
    expect(screen.queryByText('Stale')).not.toBeInTheDocument();
  });

  it('asks for nothing but its own', async () => {
    const { api } = renderDay2(card(), { answers: answers(fine) });
    await screen.findByRole('button', { name: '2 of 2 sources fine' });
    expect(api.calls.map(({ operation }) => operation)).not.toContain(
      'getServiceSummary',
    );
  });
});
