import { screen } from '@testing-library/react';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { BudgetLegend } from './BudgetLegend';

it('says when downtime was planned, where it was', async () => {
  const from = '2026-11-20T22:00:00.000Z';
  const to = '2026-11-21T02:00:00.000Z';
  renderDay2(<BudgetLegend downtime={[{ from, to }]} />);
  const words = await screen.findByText(/Planned downtime/);
  const instants = [...words.querySelectorAll('time')];
  expect(instants.map(each => each.dateTime)).toEqual([from, to]);
});

it('says nothing of it elsewhere', async () => {
  renderDay2(<BudgetLegend />);
  await screen.findByText('Not known');
  expect(screen.queryByText(/Planned downtime/)).not.toBeInTheDocument();
});
