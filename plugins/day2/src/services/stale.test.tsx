import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import {
  anIncident,
  anIncidentAnswer,
  someOnCall,
} from '../__testUtils__/incidentRecords';
import {
  aSource,
  aSummary,
  hoursAgo,
  someParts,
} from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { renderIncident } from '../__testUtils__/renderIncident';
import { SourcesPage } from '../sources';
import { EntityWhatChangedCard } from '../timeline';
import { EntityDay2Content } from './EntityDay2Content';
import { EntityRunningVersionsCard } from './EntityRunningVersionsCard';

const away = (source: string, title: string) => ({
  total: 3,
  fine: 2,
  reading: [],
  problems: [
    {
      source,
      title,
      code: 'unreachable' as const,
      text: 'It did not answer.',
      since: hoursAgo(1),
    },
  ],
  asOf: hoursAgo(1.2),
});
const git = away('git:x', 'tern-helm');
const pagerduty = away('pagerduty:tern', 'tern');

const ailing = {
  getServiceSummary: () =>
    aSummary({
      asOf: hoursAgo(1.2),
      sources: git,
      parts: someParts({ deployments: git, changes: git, timeline: git }),
    }),
};

/** What tells of incidents and of who is on call is away; all else is well. */
const unpaged = {
  getServiceSummary: () => {
    const summary = aSummary();
    return aSummary({
      asOf: hoursAgo(1.2),
      sources: pagerduty,
      parts: someParts({
        incidents: pagerduty,
        onCall: pagerduty,
        timeline: pagerduty,
      }),
      header: { ...summary.header, onCall: [someOnCall()] },
      tiles: {
        ...summary.tiles,
        incidents: { state: 'ok', headline: 'None open', figures: [] },
      },
    });
  },
};

// The table within a panel may be a region of the same name.
const panel = async (name: string) =>
  (await screen.findAllByRole('region', { name }))[0];

describe('what is not current', () => {
  it('is grey and says so, with its age, wherever a failing source has a part', async () => {
    renderDay2(<EntityDay2Content />, { answers: ailing });
    for (const name of ['Changes', 'Last known good version', 'What changed']) {
      expect(await panel(name)).toHaveAttribute('data-stale', 'true');
    }
    for (const name of ['Changes', 'What changed']) {
      expect(await panel(name)).toHaveTextContent(/Stale\s*as of .* ago/);
    }
    // Annotations of the catalog do not age with a source, and an empty tile has no data.
    for (const name of ['When it breaks', 'Cost']) {
      expect(await panel(name)).not.toHaveAttribute('data-stale');
    }
  });

  it('is no part whose own sources are well', async () => {
    renderDay2(<EntityDay2Content />, { answers: unpaged });
    expect(await panel('Incidents')).toHaveAttribute('data-stale', 'true');
    expect(await panel('Incidents')).toHaveTextContent(
      /Stale\s*as of .* ago\s*2 of 3 sources fine/,
    );
    for (const name of ['Changes', 'Running versions']) {
      expect(await panel(name)).not.toHaveAttribute('data-stale');
      expect(await panel(name)).not.toHaveTextContent('Stale');
    }
    // The panel has annotations of the catalog as well; who is on call is old.
    const help = await panel('When it breaks');
    expect(help).not.toHaveAttribute('data-stale');
    expect(help).toHaveTextContent(/On call now\s*Stale\s*as of .* ago/);
  });

  it('is a list of incidents and who is on call in their section', async () => {
    renderDay2(<EntityDay2Content />, {
      answers: {
        ...unpaged,
        listServiceIncidents: () => ({
          asOf: hoursAgo(1.2),
          items: [anIncident()],
          onCall: [someOnCall()],
          sources: pagerduty,
        }),
      },
      query: '?section=incidents',
    });
    await screen.findByRole('table', { name: 'Open and mitigated' });
    for (const name of ['Open and mitigated', 'On call now']) {
      const part = await panel(name);
      expect(part).toHaveAttribute('data-stale', 'true');
      expect(part).toHaveTextContent('2 of 3 sources fine');
    }
  });

  it('is what a tool that is away tells of an incident, on its own page', async () => {
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({ asOf: hoursAgo(1.2), sources: pagerduty }),
    });
    const known = await panel('What is known');
    expect(known).toHaveAttribute('data-stale', 'true');
    expect(known).toHaveTextContent(
      /Stale\s*as of .* ago\s*2 of 3 sources fine/,
    );
    expect(await panel('What happened when')).toHaveAttribute('data-stale');
    // What changed before it is told by others.
    expect(
      await panel('What changed in the 24 hours before it'),
    ).not.toHaveAttribute('data-stale');
  });

  it('is told by the cards of the Overview tab too', async () => {
    const { unmount } = renderDay2(<EntityRunningVersionsCard />, {
      answers: ailing,
    });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    expect(await panel('Running versions')).toHaveAttribute('data-stale');
    unmount();
    renderDay2(<EntityWhatChangedCard />, { answers: ailing });
    expect(await screen.findByText('Stale')).toBeInTheDocument();
    expect(await panel('What changed')).toHaveAttribute('data-stale');
  });

  it('is nothing while all is fine', async () => {
    renderDay2(<EntityDay2Content />);
    expect(await panel('Changes')).not.toHaveAttribute('data-stale');
    expect(screen.queryByText('Stale')).not.toBeInTheDocument();
  });

  it('names what ails over the page, which stays where it is', async () => {
    renderDay2(<EntityDay2Content />, { answers: ailing });
    // The page's; each part that is not current has one of its own.
    const [opener] = await screen.findAllByRole('button', {
      name: '2 of 3 sources fine',
    });
    await userEvent.click(opener);
    const dialog = await screen.findByRole('dialog', {
      name: '2 of 3 sources fine',
    });
    expect(dialog).toHaveTextContent('tern-helm: not reachable');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });

  it('is what could not be refreshed', async () => {
    let down = false;
    renderDay2(<SourcesPage />, {
      answers: {
        listSources: () => {
          if (down) {
            throw httpError(500);
          }
          return {
            items: [aSource()],
            asOf: hoursAgo(0.01),
            canManage: true,
            queues: { sequences: 0, subjects: 0 },
          };
        },
      },
    });
    const page = await panel('Sources');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run now: tern-gitops' }),
    );
    down = true;
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Run now',
      }),
    );
    expect(await screen.findByText('Not current')).toBeInTheDocument();
    expect(page).toHaveAttribute('data-stale', 'true');
    expect(page).toHaveTextContent(/Stale\s*as of/);
    expect(page).toHaveTextContent('tern-gitops');
  });
});
