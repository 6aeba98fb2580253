import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { SourcesFine } from './SourcesFine';

describe('what feeds a service', () => {
  it('is said by name, posts to the API with the sources', async () => {
    renderDay2(
      <SourcesFine
        sources={{
          total: 2,
          fine: 2,
          reading: [],
          problems: [],
          titles: ['tern-gitops', 'payments-api'],
          posted: true,
        }}
      />,
    );
    await userEvent.click(
      await screen.findByRole('button', {
        name: '2 of 2 sources fine, and posts to the API',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    for (const words of ['tern-gitops', 'payments-api', /posted to Day 2/]) {
      expect(dialog).toHaveTextContent(words);
    }
  });

  it.each([
    [true, 'fed by posts to the API'],
    [false, 'no source feeds this page yet'],
  ])('is said where no source does (posted: %s)', async (posted, words) => {
    renderDay2(
      <SourcesFine
        sources={{ total: 0, fine: 0, reading: [], problems: [], posted }}
      />,
    );
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
