import {
  budgetPercent,
  type ObjectiveRecord,
} from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Meter, Note, Stack } from '../ui';
import { objectiveLook } from './objectiveLook';
import { shareWords } from './shareWords';

/** How much of the budget is left, as a bar with its figure. */
export function BudgetLeft(props: { objective: ObjectiveRecord }) {
  const t = useText();
  const { displayName, name, remaining, state } = props.objective;
  const { reason, value } = remaining;
  if (value === undefined) {
    return <Note>{reason ?? t('objective.insufficient')}</Note>;
  }
  const words = shareWords(budgetPercent(value) / 100);
  return (
    <Stack gap="small">
      <span style={{ fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>
        {words}
        {value < 0 && ` · ${t('objective.overspent')}`}
      </span>
      <Meter
        label={t('objective.leftOf', { name: displayName ?? name })}
        share={value}
        words={words}
        tone={value <= 0 ? 'bad' : objectiveLook[state].tone}
      />
      {reason && <Note>{reason}</Note>}
    </Stack>
  );
}
