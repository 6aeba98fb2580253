import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aPastIncident, anIncident } from '../__testUtils__/incidentRecords';
import { hoursAgo } from '../__testUtils__/records';
import { renderIncident } from '../__testUtils__/renderIncident';

const tableOf = (name: string) => screen.findByRole('table', { name });
const last = (api: { calls: { operation: string; body?: unknown }[] }) =>
  api.calls.filter(({ body }) => body !== undefined).at(-1);
const dialog = () => screen.findByRole('dialog');

describe('which references are one incident', () => {
  it('splits references off, but never all of them', async () => {
    const { api } = renderIncident({
      groupIncident: () => ({
        done: 'Split: 1 of 2.',
        incidentId: 'inc-1',
        splitOffId: 'inc-9',
      }),
    });
    await tableOf('What the tools say');
    const split = screen.getByRole('button', {
      name: 'Split off what is chosen',
    });
    expect(split).toBeDisabled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose CaptureErrors' }),
    );
    expect(split).toBeEnabled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose Captures fail' }),
    );
    expect(split).toBeDisabled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose Captures fail' }),
    );
    await userEvent.click(split);
    const shown = await dialog();
    expect(shown).toHaveTextContent('Chosen: CaptureErrors.');
    await userEvent.click(
      within(shown).getByRole('button', { name: 'Split off what is chosen' }),
    );
    await waitFor(() =>
      expect(last(api)).toMatchObject({
        operation: 'groupIncident',
        body: {
          kind: 'apart',
          references: [{ source: 'alertmanager:main', key: 'fp-1' }],
        },
      }),
    );
    expect(
      await screen.findByRole('link', {
        name: 'The incident that was split off',
      }),
    ).toHaveAttribute('href', '/day2/incidents/inc-9');
  });

  it('merges with another of about that time, and goes to what came of it', async () => {
    const { api } = renderIncident({
      groupIncident: () => ({ done: 'They are one.', incidentId: 'inc-0' }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Merge with another' }),
    );
    const shown = await dialog();
    const merge = within(shown).getByRole('button', {
      name: 'Merge with another',
    });
    const other = await within(shown).findByLabelText('The other incident');
    expect(merge).toBeDisabled();
    expect(within(other).getAllByRole('option')).toHaveLength(2);
    await userEvent.selectOptions(other, 'inc-0');
    await userEvent.click(merge);
    await waitFor(() =>
      expect(last(api)).toMatchObject({
        body: { kind: 'together', with: 'inc-0' },
      }),
    );
    await waitFor(() =>
      expect(
        api.calls.filter(({ operation }) => operation === 'getIncident').at(-1)
          ?.params,
      ).toEqual({ id: 'inc-0' }),
    );
    const asked = api.calls.find(
      ({ operation }) => operation === 'listIncidents',
    );
    expect(asked?.query).toMatchObject({ from: hoursAgo(26.8) });
  });

  it('finds the one to merge with by its words, and says that there are more', async () => {
    const { api } = renderIncident({
      listIncidents: ({ query }) => ({
        editable: ['inc-0', 'inc-7'],
        items:
          query?.text === 'refunds'
            ? [aPastIncident({ id: 'inc-7', title: 'Refunds fail' })]
            : [anIncident(), aPastIncident({ id: 'inc-0' })],
        nextCursor: query?.text ? undefined : 'more',
        facets: { owners: [], systems: [], unresolved: 1 },
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Merge with another' }),
    );
    const shown = within(await dialog());
    const merge = shown.getByRole('button', { name: 'Merge with another' });
    const other = () => shown.findByLabelText('The other incident');
    await userEvent.selectOptions(await other(), 'inc-0');
    expect(
      shown.getByText(/^These are the newest 1; there are more/),
    ).toBeInTheDocument();
    expect(merge).toBeEnabled();
    await userEvent.type(shown.getByLabelText('Find'), 'refunds');
    expect(
      await shown.findByRole('option', { name: /^Refunds fail/ }),
    ).toBeInTheDocument();
    expect(merge).toBeDisabled();
    expect(shown.queryByText(/there are more/)).not.toBeInTheDocument();
    await userEvent.selectOptions(await other(), 'inc-7');
    await userEvent.click(merge);
    await waitFor(() =>
      expect(last(api)).toMatchObject({ body: { with: 'inc-7' } }),
    );
  });

  it('offers none that one may not merge, and says that there are', async () => {
    renderIncident({
      listIncidents: () => ({
        items: ['inc-0', 'inc-5', 'inc-6'].map(id => aPastIncident({ id })),
        editable: ['inc-0'],
        facets: { owners: [], systems: [], unresolved: 1 },
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Merge with another' }),
    );
    const shown = within(await dialog());
    const other = await shown.findByLabelText('The other incident');
    expect(within(other).getAllByRole('option')).toHaveLength(2);
    expect(
      shown.getByText(/^2 others of about that time are of services/),
    ).toBeInTheDocument();
  });

  it('says that no other has these words', async () => {
    renderIncident({
      listIncidents: ({ query }) => ({
        items: query?.text ? [anIncident()] : [anIncident(), aPastIncident()],
        facets: { owners: [], systems: [], unresolved: 1 },
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Merge with another' }),
    );
    await userEvent.type(
      within(await dialog()).getByLabelText('Find'),
      'captures',
    );
    expect(
      await screen.findByText(/^No other incident within a day .* these words/),
    ).toBeInTheDocument();
  });
});
