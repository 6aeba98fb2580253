import { screen, within } from '@testing-library/react';
import { httpError } from '../__testUtils__/fakeApi';
import {
  aPastIncident,
  aSuspect,
  anIncident,
  anIncidentAnswer,
  anInstant,
} from '../__testUtils__/incidentRecords';
import { hoursAgo } from '../__testUtils__/records';
import { renderIncident } from '../__testUtils__/renderIncident';

const tableOf = (name: string) => screen.findByRole('table', { name });

describe('the page of an incident', () => {
  it('says what it is, how bad and why, since when, whom to call and what to read', async () => {
    renderIncident();
    expect(
      await screen.findByRole('heading', { name: 'Captures fail' }),
    ).toBeInTheDocument();
    const known = await screen.findByRole('region', { name: 'What is known' });
    expect(known).toHaveTextContent('P2');
    expect(known).toHaveTextContent('Open');
    expect(known).toHaveTextContent('Impact high and urgency medium make P2');
    expect(
      within(known).getByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/day2?section=incidents',
    );
    expect(known).toHaveTextContent(/Time to detect6 min/);
    expect(known).toHaveTextContent(/Time to restore.*It is not mitigated yet/);
    expect(known).toHaveTextContent('Kim, level 1, Payments primary');
    expect(
      within(known).getByRole('link', {
        name: /runbooks.example\/captures/,
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All incidents' })).toHaveAttribute(
      'href',
      '/day2/incidents',
    );
  });

  it('says of each instant when, who says so, and all else that is said', async () => {
    const base = anIncident();
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          incident: anIncident({
            instants: {
              ...base.instants,
              impactStartedAt: {
                at: hoursAgo(3),
                words: [
                  {
                    at: hoursAgo(3),
                    origin: {
                      kind: 'person',
                      person: { id: 'p-ana', name: 'Ana' },
                      saidAt: hoursAgo(1),
                      why: 'The first customer called',
                    },
                  },
                  ...anInstant(2.8).words,
                ],
              },
            },
            contradictions: [
              { code: 'order', text: 'Acknowledged before it was detected' },
            ],
          }),
        }),
    });
    const [, impact, detected, , mitigated] = within(
      await tableOf('What happened when'),
    ).getAllByRole('row');
    expect(impact).toHaveTextContent(/Impact started.*Ana/);
    expect(impact).toHaveTextContent('The first customer called');
    expect(within(impact).getByRole('listitem')).toHaveTextContent('PagerDuty');
    expect(detected).toHaveTextContent('PagerDuty');
    expect(mitigated).toHaveTextContent('nobody says');
    expect(
      screen.getByText('Acknowledged before it was detected'),
    ).toBeInTheDocument();
  });

  it('says how much that was said is not shown', async () => {
    renderIncident({ getIncident: () => anIncidentAnswer({ moreSaid: 3 }) });
    expect(
      await screen.findByText('Not shown: 3 older words.'),
    ).toBeInTheDocument();
  });

  it('is not over where a tool says so and an alert goes on', async () => {
    const base = anIncident();
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          incident: anIncident({
            instants: {
              ...base.instants,
              resolvedAt: {
                words: anInstant(1).words,
                goesOn: {
                  title: 'CaptureErrors',
                  sourceTitle: 'Alertmanager',
                  more: 2,
                },
              },
            },
          }),
        }),
    });
    const resolved = within(await tableOf('What happened when'))
      .getAllByRole('row')
      .at(-1)!;
    expect(resolved).toHaveTextContent(
      'not over: CaptureErrors is still open (Alertmanager) and 2 more',
    );
    expect(resolved).not.toHaveTextContent('has not happened');
    const [, told] = within(resolved).getAllByRole('cell');
    expect(told).not.toHaveTextContent('PagerDuty');
    expect(within(resolved).getByRole('listitem')).toHaveTextContent(
      'PagerDuty',
    );
  });

  it('has what mended it, what changed before it, and says where nothing is known', async () => {
    const { unmount } = renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          fixes: [
            {
              id: 'dep-2',
              label: '2.40.3 in production',
              reasons: [{ code: 'rollback', text: 'It put 2.40.3 back' }],
            },
          ],
        }),
    });
    expect(await screen.findByText('It put 2.40.3 back')).toBeInTheDocument();
    expect(
      within(await tableOf('What changed in the 24 hours before it')).getByRole(
        'button',
        { name: '2.40.3 → 2.41.0' },
      ),
    ).toBeInTheDocument();
    unmount();
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          incident: aPastIncident({ id: 'inc-1' }),
          suspects: [],
          hiddenSuspects: 0,
          before: [],
          onCall: [],
          runbooks: [],
          noChange: { state: 'confirmed', probability: 1, reasons: [] },
        }),
    });
    expect(
      await screen.findByText(/^No deployment or change of its services/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Nothing is known to have changed.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No source says who is on call.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Confirm: No change did it' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('lasted 1 h')).toBeInTheDocument();
  });

  it('says that it is loading, and that it is not known', async () => {
    const { unmount } = renderIncident({
      getIncident: () => new Promise(() => {}),
    });
    expect(await screen.findByText('Loading Incident')).toBeInTheDocument();
    unmount();
    renderIncident({
      getIncident: () => {
        throw httpError(404);
      },
    });
    expect(await screen.findByText('Not known to Day 2')).toBeInTheDocument();
  });

  it('says of what is rejected so', async () => {
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({ suspects: [aSuspect({ state: 'rejected' })] }),
    });
    const table = await tableOf('What may have done it');
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent('Rejected');
  });
});
