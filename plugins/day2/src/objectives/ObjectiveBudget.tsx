import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useResource } from '../api';
import { useText } from '../translation';
import { Button, Disclosure, Loadable, Note, Stack } from '../ui';
import { usePageState } from '../url';
import { BudgetChart } from './BudgetChart';
import { BudgetTable } from './BudgetTable';
import { KeptNote } from './KeptNote';
import { SpentTable } from './SpentTable';
import { useBudgetRange } from './useBudgetRange';
import { useChartEntries } from './useChartEntries';

/** An objective's budget over time, and what spent it. */
export function ObjectiveBudget(props: {
  objective: ObjectiveRecord;
  /** The service whose page it is, and whose deployments the chart has. */
  serviceRef: string;
  environment?: string;
}) {
  const { environment, objective, serviceRef } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const { change } = usePageState();
  const { asked, choose } = useBudgetRange(objective.id);
  const answer = useResource({
    key: JSON.stringify([objective.id, asked]),
    load: signal =>
      api.call('getObjective', {
        params: { id: objective.id },
        query: { from: asked?.from, to: asked?.to },
        signal,
      }),
    every: refreshEvery,
  });
  const chart = answer.data?.chart;
  const entries = useChartEntries({ serviceRef, environment, chart });
  const name = objective.displayName ?? objective.name;
  return (
    <Stack>
      {asked && (
        <div>
          <Button icon="undone" onClick={() => choose()}>
            {t('objective.whole')}
          </Button>
        </div>
      )}
      <Loadable of={answer} what={t('objective.chart')} lines={6}>
        {() =>
          chart === undefined || chart.points.length === 0 ? (
            <Stack>
              <Note>{t('objective.chartNone')}</Note>
              <KeptNote keptFrom={chart?.keptFrom} />
            </Stack>
          ) : (
            <Stack>
              <BudgetChart
                name={name}
                chart={chart}
                entries={entries.items ?? []}
                onRange={choose}
                onOpen={({ kind, recordId }) =>
                  change({ open: { kind, id: recordId } })
                }
              />
              <Note>
                {environment === undefined
                  ? t('objective.lanesAll')
                  : t('objective.lanesIn', { environment })}{' '}
                {entries.error && t('objective.lanesFailed')}
                {entries.cut &&
                  t('objective.lanesCut', { n: String(entries.items?.length) })}
              </Note>
              <KeptNote keptFrom={chart.keptFrom} />
              <Disclosure summary={t('objective.asTable')}>
                <BudgetTable name={name} chart={chart} />
              </Disclosure>
              <SpentTable
                chart={chart}
                serviceRef={serviceRef}
                measured={objective.remaining.reason}
                onOpen={id => change({ open: { kind: 'deployment', id } })}
              />
            </Stack>
          )
        }
      </Loadable>
    </Stack>
  );
}
