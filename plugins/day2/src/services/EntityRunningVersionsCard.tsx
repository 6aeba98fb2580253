import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useServiceSummary } from '../api';
import { defaultRange } from '../time';
import { useText } from '../translation';
import { AsOf, Loadable, Panel, StaleScope } from '../ui';
import { RunningVersions } from './RunningVersions';

/**
 * Card for the Overview tab: which version runs where.
 *
 * @public
 */
export function EntityRunningVersionsCard() {
  const t = useText();
  const { entity } = useEntity();
  const summary = useServiceSummary({
    serviceRef: stringifyEntityRef(entity),
    range: defaultRange,
  });
  return (
    <StaleScope stale={(summary.data?.sources.problems.length ?? 0) > 0}>
      <Panel
        stale={summary.error !== undefined}
        title={t('service.running')}
        aside={summary.data && <AsOf at={summary.data.asOf} />}
      >
        <Loadable of={summary} what={t('service.running')}>
          {data => <RunningVersions running={data.header.running} />}
        </Loadable>
      </Panel>
    </StaleScope>
  );
}
