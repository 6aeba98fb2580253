import {
  namedMetricsOf,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { useApi } from '@backstage/core-plugin-api';
import { useAsyncEntity } from '@backstage/plugin-catalog-react';
import { day2ApiRef, refreshEvery, serviceParams, useResource } from '../api';
import { useText } from '../translation';
import {
  AsOf,
  Greyed,
  Loadable,
  Note,
  Panel,
  Stack,
  Status,
  StaleScope,
  Subsection,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { AlertsTable } from './AlertsTable';
import { MetricGraph } from './MetricGraph';

type Answer = OperationOutput<'getServiceMetrics'>;

/**
 * Alerts and graphs that annotations of the service name, as other plugins for
 * Prometheus show them. Nothing where none does.
 */
export function MetricsPanel(props: { serviceRef: string }) {
  const { entity } = useAsyncEntity();
  const named = namedMetricsOf(entity?.metadata.annotations ?? {});
  return named.alerts || named.charts.length > 0 ? (
    <NamedMetrics {...props} />
  ) : null;
}

function NamedMetrics(props: { serviceRef: string }) {
  const { serviceRef } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const answer = useResource({
    key: serviceRef,
    load: signal =>
      api.call('getServiceMetrics', {
        params: serviceParams(serviceRef),
        query: {},
        signal,
      }),
    every: refreshEvery,
  });
  return (
    <Panel title={t('metric.title')} stale={answer.error !== undefined}>
      <Loadable of={answer} what={t('metric.title')} lines={4}>
        {({ alerts, charts, empty, source }) => (
          <Stack>
            <Note>{t('metric.note')}</Note>
            {empty && <WhyEmptyNote why={empty} />}
            {alerts && <Alerts alerts={alerts} />}
            {charts.map(chart => (
              <MetricGraph
                key={`${chart.query}|${chart.dimension}`}
                chart={chart}
              />
            ))}
            {source?.url && (
              <TextLink href={source.url}>
                {t('metric.inTool', { title: source.title })}
              </TextLink>
            )}
          </Stack>
        )}
      </Loadable>
    </Panel>
  );
}

function Alerts(props: { alerts: NonNullable<Answer['alerts']> }) {
  const t = useText();
  const { asOf, empty, items, leftOut, missing, stale } = props.alerts;
  return (
    <StaleScope stale={stale !== undefined}>
      <Subsection title={t('metric.alerts')}>
        {stale && <WhyEmptyNote why={stale} />}
        {empty && <WhyEmptyNote why={empty} />}
        {asOf && <AsOf at={asOf} />}
        {items.length > 0 && (
          <Greyed when={stale !== undefined}>
            <AlertsTable alerts={items} stale={stale !== undefined} />
          </Greyed>
        )}
        {items.length === 0 && !empty && missing.length === 0 && (
          <Note>{t('metric.noAlerts')}</Note>
        )}
        {leftOut !== undefined && (
          <Note>{t('metric.leftOut', { n: String(leftOut) })}</Note>
        )}
        {missing.length > 0 && (
          <Status
            wrap
            tone="attention"
            word={t('metric.missing', { names: missing.join(', ') })}
          />
        )}
      </Subsection>
    </StaleScope>
  );
}
