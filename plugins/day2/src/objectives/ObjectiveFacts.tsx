import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { durationWords, useNow } from '../time';
import { useText } from '../translation';
import {
  Copyable,
  Disclosure,
  Facts,
  FigureText,
  Stack,
  TimeText,
} from '../ui';
import { BudgetLeft } from './BudgetLeft';
import { FileText } from './FileText';
import { silent } from './objectiveLook';
import { attainmentWords, targetWords } from './shareWords';

/** What was promised, what was kept of it, and until when the budget lasts. */
export function ObjectiveFacts(props: { objective: ObjectiveRecord }) {
  const t = useText();
  const { objective } = props;
  const { attainment, indicator, measuredBy, period, spent, target } =
    objective;
  return (
    <Stack gap="medium">
      <Facts
        items={[
          {
            name: t('objective.left'),
            value: <BudgetLeft objective={objective} />,
          },
          {
            name: t('objective.target'),
            value:
              target !== undefined &&
              (period
                ? t('objective.targetOver', {
                    target: targetWords(target),
                    span: durationWords(period.seconds * 1000),
                    kind: t(`objective.kind.${period.kind}`),
                  })
                : targetWords(target)),
          },
          {
            name: t('objective.attainment'),
            value:
              attainment.value === undefined
                ? attainment.reason ?? t('objective.insufficient')
                : attainmentWords({ attained: attainment.value, target }),
          },
          {
            name: t('objective.spent'),
            value: spent.value !== undefined && <FigureText figure={spent} />,
          },
          {
            name: t('objective.exhausted'),
            value: <Exhausted objective={objective} />,
          },
          {
            name: t('objective.measuredBy'),
            value: measuredBy?.title,
          },
          {
            name: t('objective.file'),
            value: <FileText file={objective.file} />,
          },
        ]}
      />
      {indicator && (
        <Disclosure summary={t('objective.queries')} icon="info">
          <Stack gap="medium">
            <Copyable
              label={t(`objective.events.${indicator.counts}`)}
              text={indicator.events}
            />
            <Copyable label={t('objective.total')} text={indicator.total} />
          </Stack>
        </Disclosure>
      )}
    </Stack>
  );
}

function Exhausted(props: { objective: ObjectiveRecord }) {
  const t = useText();
  const now = useNow();
  const { conditions, exhaustedAt, remaining, state } = props.objective;
  if ((remaining.value ?? 1) <= 0) {
    return <>{t('objective.already')}</>;
  }
  if (exhaustedAt !== undefined) {
    const span = durationWords(Math.max(0, Date.parse(exhaustedAt) - now));
    return (
      <>
        {t('objective.exhaustedIn', { span })}, <TimeText at={exhaustedAt} />
      </>
    );
  }
  // Only a burn that is known says that it does not.
  const long = conditions[0]?.long;
  const known =
    !silent.includes(state) && long?.burn !== undefined && !long.unknown;
  return <>{t(known ? 'objective.notAtThisRate' : 'objective.notKnown')}</>;
}
