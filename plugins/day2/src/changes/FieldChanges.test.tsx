import { screen } from '@testing-library/react';
import { aChange } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { FieldChanges } from './FieldChanges';

describe('the fields a change moved', () => {
  it.each([
    [1, '1 field of services you may not see'],
    [3, '3 fields of services you may not see'],
  ])('says how many are not shown (%d)', async (hiddenFieldCount, words) => {
    renderDay2(<FieldChanges change={aChange({ hiddenFieldCount })} />);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says nothing of it where all are shown', async () => {
    renderDay2(
      <FieldChanges
        change={aChange({
          fields: [{ file: 'a.yaml', field: 'spec.replicas', to: '5' }],
          fieldCount: 1,
        })}
      />,
    );
    expect(await screen.findByRole('table')).toHaveTextContent('spec.replicas');
    expect(screen.queryByText(/may not see/)).not.toBeInTheDocument();
  });
});
