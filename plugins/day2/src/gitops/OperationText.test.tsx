import { screen } from '@testing-library/react';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { OperationText } from './OperationText';

describe('the last operation', () => {
  it.each([
    ['chosen-resources' as const, 'of chosen resources only'],
    ['dry-run' as const, 'a dry run, which changes nothing'],
  ])('says that it was no whole sync: %s', async (limitedTo, words) => {
    renderDay2(
      <OperationText
        operation={{
          phase: 'succeeded',
          automated: false,
          limitedTo,
          revisions: [],
        }}
      />,
    );
    expect(await screen.findByText('Succeeded')).toBeInTheDocument();
    expect(screen.getByText(words)).toBeInTheDocument();
  });
});
