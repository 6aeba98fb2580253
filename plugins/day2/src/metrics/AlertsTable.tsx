import type { NamedAlert } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, DataTable, Hint, Note, Stack, Status, TextLink } from '../ui';
import { alertLook } from './alertLook';
import { metricWords } from './metricWords';

/** Alerts that a service names, the worst first. */
export function AlertsTable(props: {
  alerts: NamedAlert[];
  /** They are not of now, so that none is said to be fine. */
  stale: boolean;
}) {
  const { stale } = props;
  const t = useText();
  return (
    <DataTable
      caption={t('metric.alerts')}
      captionHidden
      plain
      rows={props.alerts}
      rowId={({ id }) => id}
      rowTone={({ state }) =>
        stale || state === 'inactive' ? undefined : alertLook[state].tone
      }
      columns={[
        {
          header: t('metric.state'),
          cell: ({ state }) => {
            const word = t(`metric.states.${state}`);
            return stale ? (
              <Status
                tone="unknown"
                icon="old"
                word={t('metric.was', { state: word })}
              />
            ) : (
              <Status {...alertLook[state]} word={word} />
            );
          },
        },
        {
          header: t('metric.alert'),
          cell: ({ name, query }) => (
            <Hint text={query}>
              {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <span tabIndex={0} style={{ overflowWrap: 'break-word' }}>
                {name}
              </span>
            </Hint>
          ),
        },
        {
          header: t('metric.since'),
          cell: ({ activeAt }) => activeAt && <AgoText at={activeAt} />,
        },
        {
          header: t('metric.value'),
          numeric: true,
          cell: ({ value }) => value !== undefined && metricWords(value),
        },
        {
          header: t('metric.labels'),
          wide: true,
          cell: ({ labels }) => <Texts of={labels} />,
        },
        {
          header: t('metric.annotations'),
          wide: true,
          cell: ({ annotations, error }) => (
            <>
              {error && <Note>{t('metric.notEvaluated', { error })}</Note>}
              <Texts of={annotations} />
            </>
          ),
        },
        {
          header: t('metric.evaluated'),
          secondary: true,
          cell: ({ evaluatedAt }) =>
            evaluatedAt ? (
              <AgoText at={evaluatedAt} />
            ) : (
              t('metric.neverEvaluated')
            ),
        },
      ]}
    />
  );
}

/** What is read first stands first, though Prometheus tells them by name. */
function rankOf(key: string): number {
  const rank = ['summary', 'message', 'description'].indexOf(key);
  return rank < 0 ? 3 : rank;
}

/** Names with their texts; the name of the alert stands in a column of its own. */
function Texts(props: { of: Record<string, string> }) {
  const texts = Object.entries(props.of)
    .filter(([key]) => key !== 'alertname')
    .sort(([a], [b]) => rankOf(a) - rankOf(b));
  // A cell with nothing in it is left out where the screen is narrow.
  return texts.length === 0 ? null : (
    <Stack gap="small">
      {texts.map(([key, value]) => (
        <Note key={key}>
          {key}:{' '}
          {/^https?:\/\//i.test(value) ? (
            <TextLink href={value}>{value}</TextLink>
          ) : (
            value
          )}
        </Note>
      ))}
    </Stack>
  );
}
