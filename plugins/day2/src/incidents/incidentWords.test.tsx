import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import {
  aSuspect,
  anIncident,
  anIncidentAnswer,
  anInstant,
} from '../__testUtils__/incidentRecords';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { renderIncident } from '../__testUtils__/renderIncident';
import { ToolsText } from './ToolsText';

const tableOf = (name: string) => screen.findByRole('table', { name });
const rowsOf = async (name: string) =>
  within(await tableOf(name))
    .getAllByRole('row')
    .slice(1);

describe('words of an incident', () => {
  it('tell instants to the second where two are in one minute, and only then', async () => {
    const { instants } = anIncident();
    const second = 1 / 3_600;
    const incident = (apart: number) =>
      anIncident({
        instants: {
          ...instants,
          impactStartedAt: anInstant(3 + apart),
          detectedAt: anInstant(3),
          acknowledgedAt: { words: [] },
        },
      });
    const { unmount } = renderIncident({
      getIncident: () => anIncidentAnswer({ incident: incident(-20 * second) }),
    });
    const [impact] = await rowsOf('What happened when');
    expect(impact).toHaveTextContent(/\d\d:\d\d:20/);
    unmount();
    renderIncident({
      getIncident: () => anIncidentAnswer({ incident: incident(1) }),
    });
    const [before] = await rowsOf('What happened when');
    expect(before).toHaveTextContent(/\d\d:\d\d/);
    expect(before).not.toHaveTextContent(/\d\d:\d\d:\d\d/);
  });

  it('have no ISO instant in what people said', async () => {
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          said: [
            {
              id: 's1',
              at: '2026-11-20T10:00:00Z',
              person: { id: 'p-ana', name: 'Ana' },
              text: 'The impact started 2026-11-20T09:30:05.000Z',
            },
          ],
        }),
    });
    const [said] = await rowsOf('What people said');
    expect(said).toHaveTextContent(/The impact started .*\d\d:\d\d:05/);
    expect(said).not.toHaveTextContent('T09:30');
  });

  it('call a field that is refused by its label', async () => {
    renderIncident({
      sayOfIncident: () => {
        throw Object.assign(httpError(400), {
          body: {
            error: {
              message:
                'body.value: 2030-01-01T00:00:00.000Z is in the future; say when it was',
            },
          },
        });
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit: Title' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Title'), '!');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    const refused = await within(dialog).findByRole('alert');
    expect(refused).toHaveTextContent(/Title: .*2030.* is in the future/);
    expect(refused).not.toHaveTextContent(/body\.|T00:/);
  });

  it('say of suspects beside a confirmed one that it is known, and no share', async () => {
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          suspects: [
            aSuspect({ state: 'confirmed', probability: 0.818 }),
            aSuspect({ id: 'other', state: 'candidate', probability: 0.1 }),
          ],
          noChange: { state: 'candidate', probability: 0.182, reasons: [] },
        }),
    });
    const rows = await rowsOf('What may have done it');
    expect(rows[0]).toHaveTextContent('Confirmed');
    for (const other of rows.slice(1)) {
      expect(other).toHaveTextContent('Another is confirmed');
      expect(other).not.toHaveTextContent('Possible');
    }
    expect(await tableOf('What may have done it')).not.toHaveTextContent(
      /81\.8|18\.2/,
    );
  });

  it('name each tool once, with how much it says', async () => {
    const { references } = anIncident();
    const alert = references.find(({ kind }) => kind === 'alert')!;
    renderDay2(
      <ToolsText
        incident={anIncident({
          references: [...references, { ...alert, key: 'another' }],
        })}
      />,
    );
    expect(await screen.findByText('(2)', { exact: false })).toHaveTextContent(
      /^Alertmanager.*\(2\)$/,
    );
    expect(screen.getAllByText(/Alertmanager/)).toHaveLength(1);
  });
});
