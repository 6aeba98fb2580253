import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDeployment, hoursAgo } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';

const sha = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';
const image = `registry.example/payments@sha256:${sha}1a2b3c4d5e6f7a8b9c0d1a2b`;
const ofCommit = aDeployment({
  version: sha,
  previousVersion: '2.40.3',
  image,
});

describe('a version that is a commit', () => {
  it('is short in the list and the title, and whole where it is copied', async () => {
    const user = userEvent.setup();
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    renderDay2(<EntityDay2Content />, {
      answers: {
        listServiceDeployments: () => ({
          asOf: hoursAgo(0),
          items: [ofCommit],
        }),
        getDeployment: () => ({
          deployment: ofCommit,
          commits: [],
          commitsCut: false,
        }),
      },
      query: '?section=changes',
    });
    await user.click(
      await screen.findByRole('button', { name: '2.40.3 → 1a2b3c4d5e6f' }),
    );
    const drawer = await screen.findByRole('dialog', {
      name: '2.40.3 → 1a2b3c4d5e6f in production',
    });
    expect(drawer).not.toHaveTextContent(sha);
    await user.click(
      within(drawer).getByRole('button', { name: 'Copy: Version' }),
    );
    expect(copy).toHaveBeenLastCalledWith(sha);
    await user.click(
      within(drawer).getByRole('button', { name: 'Copy: Image' }),
    );
    expect(copy).toHaveBeenLastCalledWith(image);
  });
});
