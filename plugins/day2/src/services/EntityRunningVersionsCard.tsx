import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useServiceSummary } from '../api';
import { defaultRange } from '../time';
import { useText } from '../translation';
import { Loadable, Panel } from '../ui';
import { PartScope } from './PartScope';
import { RunningVersions } from './RunningVersions';
import { Standing } from './Standing';

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
  const part = summary.data?.parts.deployments;
  return (
    <PartScope of={part}>
      <Panel
        stale={summary.error !== undefined}
        title={t('service.running')}
        aside={part && <Standing asOf={part.asOf} sources={part} />}
      >
        <Loadable of={summary} what={t('service.running')}>
          {data => <RunningVersions running={data.header.running} />}
        </Loadable>
      </Panel>
    </PartScope>
  );
}
