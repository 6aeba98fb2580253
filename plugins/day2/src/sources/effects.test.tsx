import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { httpError } from '../__testUtils__/fakeApi';
import { hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EffectsNote } from './EffectsNote';

const notifications = {
  id: 'notifications',
  waiting: 1,
  givenUp: 2,
  lastError: { text: 'No such channel', at: hoursAgo(3) },
};

describe('what is told on the outside', () => {
  it('says what waits and what was given up, why, and tries it again', async () => {
    const onDone = jest.fn();
    const { api } = renderDay2(
      <EffectsNote effects={[notifications]} canManage onDone={onDone} />,
      { answers: { controlEffect: () => ({ done: '2 are told again' }) } },
    );
    expect(
      await screen.findByText(/1 still to be told by notifications\. 2 could/),
    ).toHaveTextContent(/The last failed with: No such channel, .* ago/);
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Try again what notifications gave up',
      }),
    );
    expect(await screen.findByText('2 are told again')).toBeInTheDocument();
    expect(onDone).toHaveBeenCalledTimes(1);
    expect(api.calls.at(-1)).toMatchObject({
      operation: 'controlEffect',
      params: { id: 'notifications' },
      body: { action: 'retry' },
    });
  });

  it('says so when it is refused', async () => {
    renderDay2(
      <EffectsNote effects={[notifications]} canManage onDone={() => {}} />,
      {
        answers: {
          controlEffect: () => {
            throw httpError(403);
          },
        },
      },
    );
    await userEvent.click(await screen.findByRole('button'));
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });

  it('offers nothing to those who may only look, and is nothing where all is told', async () => {
    const { container } = renderDay2(
      <>
        <EffectsNote
          effects={[notifications]}
          canManage={false}
          onDone={() => {}}
        />
        <EffectsNote
          effects={[{ id: 'other', waiting: 0, givenUp: 0 }]}
          canManage
          onDone={() => {}}
        />
      </>,
    );
    expect(await screen.findByText(/2 could not be told/)).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(container).not.toHaveTextContent('other');
  });
});
