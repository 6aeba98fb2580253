import type {
  ObjectiveBurn,
  ObjectiveCondition,
} from '@day2/backstage-plugin-day2-common';
import { durationWords } from '../time';
import { useText, type Text } from '../translation';
import { DataTable, Hint, Note, Stack, Status, type Tone } from '../ui';
import { burnWords, shareWords } from './shareWords';

/** The four conditions over their eight windows, and whether each holds. */
export function ConditionsTable(props: { conditions: ObjectiveCondition[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t('objective.burn')}
      plain
      rows={props.conditions}
      rowId={row => `${row.severity} ${row.long.seconds}`}
      rowTone={row =>
        row.canFire && row.state === 'holds' ? toneOf(row.severity) : undefined
      }
      columns={[
        {
          header: t('objective.alert'),
          cell: row => t(`objective.severity.${row.severity}`),
        },
        {
          header: t('objective.long'),
          numeric: true,
          cell: row => <BurnText burn={row.long} />,
        },
        {
          header: t('objective.short'),
          numeric: true,
          cell: row => <BurnText burn={row.short} />,
        },
        {
          header: t('objective.factor'),
          numeric: true,
          cell: row => burnWords(row.factor),
        },
        {
          header: t('objective.state'),
          cell: row => <ConditionState condition={row} />,
        },
      ]}
    />
  );
}

function BurnText(props: { burn: ObjectiveBurn }) {
  const t = useText();
  const { burn, coverage, seconds, unknown } = props.burn;
  return (
    <Stack gap="small">
      <span style={{ whiteSpace: 'nowrap' }}>
        {t('objective.window', {
          span: durationWords(seconds * 1000),
          burn:
            burn === undefined || unknown
              ? t('objective.notKnown')
              : burnWords(burn),
        })}
      </span>
      {coverage !== undefined && coverage < 1 && (
        <Note>{t('objective.partly', { share: shareWords(coverage) })}</Note>
      )}
    </Stack>
  );
}

function ConditionState(props: { condition: ObjectiveCondition }) {
  const t = useText();
  const { canFire, severity } = props.condition;
  if (!canFire) {
    return (
      <Hint text={t('objective.neverWhy')}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <span tabIndex={0}>
          <Status tone="neutral" word={t('objective.never')} />
        </span>
      </Hint>
    );
  }
  return <Status {...stateLook(t, { ...props.condition, severity })} />;
}

function stateLook(
  t: Text,
  { severity, state }: Pick<ObjectiveCondition, 'severity' | 'state'>,
): { tone: Tone; word: string } {
  switch (state) {
    case 'holds':
      return { tone: toneOf(severity), word: t('objective.holds') };
    case 'clear':
      return { tone: 'ok', word: t('objective.isClear') };
    default:
      return { tone: 'unknown', word: t('objective.conditionUnknown') };
  }
}

function toneOf(severity: ObjectiveCondition['severity']): Tone {
  return severity === 'page' ? 'bad' : 'attention';
}
