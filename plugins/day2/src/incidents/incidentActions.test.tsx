import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anIncidentAnswer } from '../__testUtils__/incidentRecords';
import { hoursAgo } from '../__testUtils__/records';
import { renderIncident } from '../__testUtils__/renderIncident';

const tableOf = (name: string) => screen.findByRole('table', { name });
const last = (api: { calls: { operation: string; body?: unknown }[] }) =>
  api.calls.filter(({ body }) => body !== undefined).at(-1);
const dialog = () => screen.findByRole('dialog');
describe('what one may do to an incident', () => {
  it('lets an owner say when it began: what it will do, why, and what it did', async () => {
    const { api } = renderIncident({
      sayOfIncident: () => ({
        done: 'The impact now starts at 09:00.',
        incidentId: 'inc-1',
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit: Impact started' }),
    );
    const shown = await dialog();
    expect(shown).toHaveTextContent(/counts before what the tools say/);
    const field = within(shown).getByLabelText('Impact started');
    await userEvent.clear(field);
    expect(within(shown).getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.type(field, '2026-11-20T09:00');
    await userEvent.type(
      within(shown).getByLabelText('Why (kept on record)'),
      ' seen in logs ',
    );
    await userEvent.click(within(shown).getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText('The impact now starts at 09:00.'),
    ).toBeInTheDocument();
    expect(last(api)).toMatchObject({
      operation: 'sayOfIncident',
      body: {
        field: 'impactStartedAt',
        value: new Date('2026-11-20T09:00').toISOString(),
        why: 'seen in logs',
      },
    });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('lets one say that an instant has not happened, and what priority, impact and title are', async () => {
    const { api } = renderIncident();
    const say = async (
      edit: string,
      fill: (shown: HTMLElement) => Promise<unknown>,
    ) => {
      await userEvent.click(await screen.findByRole('button', { name: edit }));
      const shown = await dialog();
      await fill(shown);
      await userEvent.click(
        within(shown).getByRole('button', { name: 'Save' }),
      );
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
      return last(api)?.body;
    };
    expect(
      await say('Edit: Acknowledged', shown =>
        userEvent.click(within(shown).getByLabelText('It has not happened')),
      ),
    ).toEqual({ field: 'acknowledgedAt', why: undefined });
    expect(
      await say('Edit: Priority', shown =>
        userEvent.selectOptions(within(shown).getByLabelText('Priority'), '1'),
      ),
    ).toEqual({ field: 'priority', value: 1, why: undefined });
    expect(
      await say('Edit: Impact', shown =>
        userEvent.selectOptions(within(shown).getByLabelText('Impact'), 'low'),
      ),
    ).toEqual({ field: 'impact', value: 'low', why: undefined });
    expect(
      await say('Edit: Title', async shown => {
        const field = within(shown).getByLabelText('Title');
        await userEvent.clear(field);
        await userEvent.type(field, 'Captures fail for Visa');
      }),
    ).toEqual({
      field: 'title',
      value: 'Captures fail for Visa',
      why: undefined,
    });
  });

  it('takes instants to the second, and saves nothing that was not changed', async () => {
    const { api } = renderIncident();
    const open = async (edit: string) => {
      await userEvent.click(await screen.findByRole('button', { name: edit }));
      const shown = await dialog();
      return {
        shown,
        save: within(shown).getByRole('button', { name: 'Save' }),
        cancel: within(shown).getByRole('button', { name: 'Cancel' }),
      };
    };
    for (const edit of ['Edit: Priority', 'Edit: Title', 'Edit: Impact']) {
      const { save, cancel } = await open(edit);
      expect(save).toBeDisabled();
      await userEvent.click(cancel);
    }
    const { shown, save } = await open('Edit: Impact started');
    const field = within(shown).getByLabelText('Impact started');
    expect(field).toHaveAttribute('step', '1');
    expect(save).toBeDisabled();
    fireEvent.change(field, { target: { value: '2026-11-20T09:00:42' } });
    await userEvent.click(save);
    await waitFor(() =>
      expect(last(api)).toMatchObject({
        body: { value: new Date('2026-11-20T09:00:42').toISOString() },
      }),
    );
  });

  it('takes for an instant that nobody tells the one it offers', async () => {
    const { api } = renderIncident();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit: Mitigated' }),
    );
    await userEvent.click(
      within(await dialog()).getByRole('button', { name: 'Save' }),
    );
    await waitFor(() =>
      expect(last(api)).toMatchObject({ body: { field: 'mitigatedAt' } }),
    );
  });

  it('leaves a dialog by Escape, and does nothing', async () => {
    const { api } = renderIncident();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit: Title' }),
    );
    await dialog();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(last(api)).toBeUndefined();
  });

  it('ranks suspects with what speaks for each, and lets an owner judge', async () => {
    const { api, query } = renderIncident();
    const table = await tableOf('What may have done it');
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/^12.41.0 in production.*93 %Suspected/);
    expect(first).toHaveTextContent('what is hit itself');
    expect(second).toHaveTextContent('1 step from what is hit');
    expect(third).toHaveTextContent(/^No change did it.*3 %Possible/);
    expect(
      screen.getByText('1 more is of a service that you may not see.'),
    ).toBeInTheDocument();
    await userEvent.click(within(first).getByRole('button', { name: 'Why' }));
    const factors = await tableOf('What speaks for and against it');
    const [, time, errors] = within(factors).getAllByRole('row');
    expect(time).toHaveTextContent(
      'nearness in time+2.5It finished 12 min before the impact',
    );
    expect(errors).toHaveTextContent('-0.4');

    await userEvent.click(
      within(first).getByRole('button', {
        name: 'Confirm: 2.41.0 in production',
      }),
    );
    const shown = await dialog();
    expect(shown).toHaveTextContent(/failed in the change fail rate/);
    await userEvent.click(
      within(shown).getByRole('button', { name: 'Confirm' }),
    );
    expect(await screen.findByText('Judged.')).toBeInTheDocument();
    expect(last(api)).toMatchObject({
      operation: 'judgeSuspect',
      body: { candidate: 'dep-1', verdict: 'confirmed' },
    });
    await userEvent.click(
      within(third).getByRole('button', { name: 'Reject: No change did it' }),
    );
    await userEvent.click(
      within(await dialog()).getByRole('button', { name: 'Reject' }),
    );
    await waitFor(() =>
      expect(last(api)).toMatchObject({
        body: { candidate: 'none', verdict: 'rejected' },
      }),
    );
    await userEvent.click(
      screen.getAllByRole('button', { name: '2.41.0 in production' })[0],
    );
    expect(query().get('open')).toBe('deployment:dep-1');
    expect(
      await screen.findByRole('dialog', { name: /2.41.0 in production$/ }),
    ).toBeInTheDocument();
  });

  it('keeps what people said, and lets one take it back', async () => {
    const { api } = renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          said: [
            {
              id: 's-2',
              at: hoursAgo(1),
              person: { id: 'p-ana', name: 'Ana' },
              text: 'The priority is P1',
              why: 'A large customer is hit',
            },
            {
              id: 's-1',
              at: hoursAgo(2),
              person: { id: 'p-kim', name: 'Kim' },
              text: 'The title is Captures',
              takenBack: {
                at: hoursAgo(1.5),
                person: { id: 'p-ana', name: 'Ana' },
              },
            },
          ],
        }),
    });
    const [, first, second] = within(
      await tableOf('What people said'),
    ).getAllByRole('row');
    expect(first).toHaveTextContent('A large customer is hit');
    expect(second).toHaveTextContent(/taken back by Ana/);
    expect(within(second).queryByRole('button')).not.toBeInTheDocument();
    await userEvent.click(within(first).getByRole('button'));
    const shown = await screen.findByRole('dialog', {
      name: 'Take back: The priority is P1',
    });
    await userEvent.click(
      within(shown).getByRole('button', { name: 'Take back' }),
    );
    expect(await screen.findByText('Taken back.')).toBeInTheDocument();
    expect(last(api)).toMatchObject({
      operation: 'takeBackOfIncident',
      body: { said: 's-2' },
    });
  });

  it('disables everything for those who may only look, and says why', async () => {
    renderIncident({
      getIncident: () =>
        anIncidentAnswer({
          canEdit: false,
          said: [
            {
              id: 's-2',
              at: hoursAgo(1),
              person: { id: 'p-ana', name: 'Ana' },
              text: 'The priority is P1',
            },
          ],
        }),
    });
    expect(
      await screen.findByText(/takes the permission day2.incident.update/),
    ).toBeInTheDocument();
    for (const name of [
      /^Edit: /,
      /^Confirm: /,
      /^Reject: /,
      /^Merge/,
      /^Split/,
      /^Take back/,
    ]) {
      for (const button of screen.getAllByRole('button', { name })) {
        expect(button).toBeDisabled();
      }
    }
    for (const box of screen.getAllByRole('checkbox')) {
      expect(box).toBeDisabled();
    }
  });
});
