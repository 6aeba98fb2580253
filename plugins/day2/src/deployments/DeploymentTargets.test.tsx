import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { DeploymentTargets } from './DeploymentTargets';

it('says which target came later, with its own roll-out', async () => {
  await renderInTestApp(
    <DeploymentTargets
      targets={[
        {
          name: 'eu-1',
          finishedAt: '2026-03-02T10:00:00Z',
          rollout: 'succeeded',
        },
        {
          name: 'us-1',
          finishedAt: '2026-05-02T10:00:00Z',
          rollout: 'failed',
          late: true,
        },
      ]}
    />,
  );
  const note = 'came later, and counts for nothing else';
  expect(
    await screen.findByRole('cell', { name: `us-1 ${note}` }),
  ).toBeInTheDocument();
  expect(screen.getByRole('cell', { name: 'eu-1' })).toBeInTheDocument();
  expect(screen.getByText('Roll-out failed')).toBeInTheDocument();
});
