import {
  addTrend,
  cellOf,
  compareFigures,
  figuresOf,
  weeksOf,
} from '@day2/backstage-plugin-day2-common';
import { screen, within } from '@testing-library/react';
import type { ReactElement } from 'react';
import { aScoreboard, aScoreboardRow } from '../__testUtils__/deliveryRecords';
import type { Answers } from '../__testUtils__/fakeApi';
import { entity, renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from '../services';
import { deliveryMessages } from '../translation/deliveryMessages';
import { EntityDeliveryCard } from './EntityDeliveryCard';
import { EntityGroupDeliveryCard } from './EntityGroupDeliveryCard';
import { metrics } from './metrics';
import { ScoreboardPage } from './ScoreboardPage';

const { from, to } = aScoreboard();
const range = { from: Date.parse(from), to: Date.parse(to) };

/** The figures as the hub has them where nothing was ever deployed. */
function ofNothing(within_: typeof range) {
  return figuresOf({ cell: cellOf([]), range: within_, now: range.to });
}
const row = aScoreboardRow({
  figures: addTrend({
    figures: compareFigures({
      figures: ofNothing(range),
      before: ofNothing(range),
    }),
    weeks: weeksOf(range).map(week => ({ week, figures: ofNothing(week) })),
  }),
});
const answers: Answers = {
  getScoreboard: () => aScoreboard({ total: row, items: [row] }),
  getServiceDelivery: () => ({
    from,
    to,
    zone: 'UTC',
    environments: ['production'],
    row: { ...row, grouping: 'service', ref: 'component:default/x' },
  }),
};
const group = {
  ...entity,
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
};

describe('where nothing was deployed', () => {
  it.each<[string, ReactElement, Parameters<typeof renderDay2>[1]]>([
    ['the scoreboard', <ScoreboardPage />, {}],
    ['the section', <EntityDay2Content />, { query: '?section=delivery' }],
    ['the card of a service', <EntityDeliveryCard />, {}],
    ['the card of a group', <EntityGroupDeliveryCard />, { of: group }],
  ])('%s has no 0 in place of a figure', async (_, element, options) => {
    renderDay2(element, { ...options, answers });
    await screen.findByRole('region', { name: 'Change fail rate' });
    for (const metric of metrics) {
      const name = deliveryMessages.metric[metric];
      const tile = screen.getByRole('region', { name });
      expect(tile).toHaveTextContent(/Insufficient data: no /);
      expect(tile).toHaveTextContent('before: insufficient data');
      expect(tile).not.toHaveTextContent(/\b0\b|none|same|better|worse/);
      // No week has a value: no line, and none along the bottom.
      expect(within(tile).queryByRole('img')).not.toBeInTheDocument();
    }
  });

  it.each(metrics)('the drawer of %s has none either', async metric => {
    renderDay2(<ScoreboardPage />, {
      answers: {
        ...answers,
        listDeliveryRecords: () => ({
          items: [],
          membership: 'then',
          hidden: 0,
        }),
      },
      query: `?open=figure:${metric}:team:group:default/payments`,
    });
    const drawer = await screen.findByRole('dialog');
    const weeks = await within(drawer).findByRole('table', { name: 'By week' });
    for (const line of within(weeks).getAllByRole('row').slice(1)) {
      expect(within(line).getAllByRole('cell')[1]).toHaveTextContent(
        /Insufficient data: no /,
      );
    }
  });
});
