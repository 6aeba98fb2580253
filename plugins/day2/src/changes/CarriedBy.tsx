import type { Deployment } from '@day2/backstage-plugin-day2-common';
import { outcomeLook, versionWords } from '../deployments';
import { useText } from '../translation';
import {
  DataTable,
  Note,
  Status,
  Subsection,
  VersionButton,
  TimeText,
} from '../ui';
import type { OpenRecord } from '../url';

/** The deployments that brought a change somewhere. */
export function CarriedBy(props: {
  deployments: Deployment[];
  onOpen: (open: OpenRecord) => void;
}) {
  const t = useText();
  return (
    <Subsection title={t('change.carriedBy')}>
      {props.deployments.length === 0 ? (
        <Note>{t('change.notDeployed')}</Note>
      ) : (
        <DataTable
          caption={t('change.carriedBy')}
          captionHidden
          plain
          rows={props.deployments}
          rowId={row => row.id}
          columns={[
            {
              header: t('change.finished'),
              cell: row => <TimeText at={row.finishedAt} />,
            },
            {
              header: t('service.environment'),
              cell: row => row.environment,
            },
            {
              header: t('service.version'),
              wide: true,
              cell: row => (
                <VersionButton
                  text={versionWords(row)}
                  onClick={() =>
                    props.onOpen({ kind: 'deployment', id: row.id })
                  }
                />
              ),
            },
            {
              header: t('change.outcomeHeader'),
              cell: row => (
                <Status
                  {...outcomeLook[row.outcome]}
                  word={t(`change.outcome.${row.outcome}`)}
                />
              ),
            },
          ]}
        />
      )}
    </Subsection>
  );
}
