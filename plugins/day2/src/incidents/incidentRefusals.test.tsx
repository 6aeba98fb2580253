import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import { renderIncident } from '../__testUtils__/renderIncident';

const dialog = () => screen.findByRole('dialog');

/** An error as the client throws it, with what the backend wrote. */
const refusal = (status: number, message: string) =>
  Object.assign(httpError(status), { body: { error: { message } } });

describe('what is refused of an incident', () => {
  it('keeps what was typed when it is refused, says why in the words of the backend, and tries anew', async () => {
    const refusals = [
      refusal(400, 'The end is before the start'),
      refusal(403, 'Only owners of payments-api may'),
    ];
    const { api } = renderIncident({
      sayOfIncident: ({ params }) => {
        const error = refusals.shift();
        if (error) {
          throw error;
        }
        return { done: 'The title is Captures.', incidentId: params.id };
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit: Title' }),
    );
    const shown = await dialog();
    const field = within(shown).getByLabelText('Title');
    await userEvent.clear(field);
    await userEvent.type(field, 'Captures');
    const save = within(shown).getByRole('button', { name: 'Save' });
    await userEvent.click(save);
    expect(await within(shown).findByRole('alert')).toHaveTextContent(
      'This was refusedThe end is before the start',
    );
    await userEvent.click(save);
    await waitFor(() =>
      expect(within(shown).getByRole('alert')).toHaveTextContent(
        'You may not do thisOnly owners of payments-api may',
      ),
    );
    expect(field).toHaveValue('Captures');
    await userEvent.click(save);
    expect(
      await screen.findByText('The title is Captures.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(
      api.calls.filter(({ body }) => body !== undefined).at(-1),
    ).toMatchObject({ body: { value: 'Captures' } });
  });

  it('forgets a refusal when its dialog is closed', async () => {
    renderIncident({
      judgeSuspect: () => {
        throw httpError(403);
      },
    });
    const reject = await screen.findByRole('button', {
      name: 'Reject: 2.41.0 in production',
    });
    await userEvent.click(reject);
    const shown = await dialog();
    await userEvent.click(
      within(shown).getByRole('button', { name: 'Reject' }),
    );
    expect(await within(shown).findByRole('alert')).toHaveTextContent(
      /Your account lacks the permission/,
    );
    await userEvent.click(within(shown).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.click(reject);
    expect(within(await dialog()).queryByRole('alert')).toBeNull();
  });

  it('says what failed of a dialog that was left before the answer came', async () => {
    let fail = (_: Error) => {};
    renderIncident({
      judgeSuspect: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Reject: 2.41.0 in production',
      }),
    );
    await userEvent.click(
      within(await dialog()).getByRole('button', { name: 'Reject' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    fail(refusal(400, 'It is rejected already'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It is rejected already',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
