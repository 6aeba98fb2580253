import { screen } from '@testing-library/react';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { QueuesNote } from './QueuesNote';

describe('what is still to work through', () => {
  it.each([
    [{ sequences: 0, applications: 1 }, '1 application'],
    [
      { sequences: 2, subjects: 1, changes: 0 },
      '2 sequences of deployments, 1 thing to match to services',
    ],
  ])('%j is said without what there is none of', async (queues, words) => {
    renderDay2(<QueuesNote queues={queues} />);
    expect(
      await screen.findByText(`Still to work through: ${words}.`),
    ).toBeInTheDocument();
  });

  it('is nothing where all is', () => {
    renderDay2(<QueuesNote queues={{ sequences: 0, subjects: 0 }} />);
    expect(screen.queryByText(/Still to work/)).not.toBeInTheDocument();
  });
});
