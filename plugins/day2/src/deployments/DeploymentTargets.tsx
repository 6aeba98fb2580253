import type { Deployment } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, Note, Status, Subsection, TimeText } from '../ui';
import { rolloutTone } from './outcomeLook';

/** Where a deployment arrived, and when. */
export function DeploymentTargets(props: { targets: Deployment['targets'] }) {
  const t = useText();
  if (props.targets.length === 0) {
    return null;
  }
  return (
    <Subsection title={t('change.targets')}>
      <DataTable
        caption={t('change.targets')}
        captionHidden
        plain
        rows={props.targets}
        rowId={row => row.name}
        columns={[
          {
            header: t('change.target'),
            cell: row => (
              <>
                {row.name} {row.late && <Note>{t('change.lateTarget')}</Note>}
              </>
            ),
          },
          {
            header: t('change.finished'),
            cell: row => <TimeText at={row.finishedAt} />,
          },
          {
            header: t('change.rolloutHeader'),
            cell: row => (
              <Status
                tone={rolloutTone[row.rollout]}
                word={t(`change.rollout.${row.rollout}`)}
              />
            ),
          },
        ]}
      />
    </Subsection>
  );
}
