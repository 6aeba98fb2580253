import { screen } from '@testing-library/react';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { anObjectiveChart } from '../__testUtils__/objectiveRecords';
import { BudgetLegend } from './BudgetLegend';
import { PartlyNote } from './PartlyNote';

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

it('says what is dashed, and from when on the whole period is measured', async () => {
  const chart = anObjectiveChart();
  const points = chart.points.map((point, at) => ({
    ...point,
    partly: at < 3,
  }));
  const { unmount } = renderDay2(<PartlyNote chart={{ ...chart, points }} />);
  const words = await screen.findByText(/^Dashed: the beginning of the period/);
  expect(words).toHaveTextContent(/the whole period is measured: .*\d\d:\d\d/);
  unmount();
  renderDay2(
    <PartlyNote
      chart={{
        ...chart,
        points: points.map(point => ({ ...point, partly: true })),
      }}
    />,
  );
  expect(await screen.findByText(/^Dashed/)).not.toHaveTextContent(
    'the whole period is measured',
  );
});
