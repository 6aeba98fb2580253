import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Chip, DataTable, Note, Row, Stack, Status, Subsection } from '../ui';
import { HealthText } from './HealthText';
import { syncLook } from './stateLook';

// What the API has of them at most.
const mostListed = 200;

/** The resources that differ, are to be removed, or are not well. */
export function ResourcesTable(props: { application: ApplicationState }) {
  const t = useText();
  const { resources, resourceCount } = props.application;
  if (resources.length === 0) {
    return <Note>{t('gitops.nothingDiffers')}</Note>;
  }
  return (
    <Subsection
      title={t('gitops.differing', {
        n: String(resources.length),
        total: String(resourceCount),
      })}
    >
      <DataTable
        caption={t('gitops.differingCaption')}
        captionHidden
        plain
        maxHeight={360}
        rows={resources}
        rowId={({ group, kind, namespace, name }) =>
          [group, kind, namespace, name].join('/')
        }
        columns={[
          {
            header: t('gitops.kind'),
            cell: row => (
              <Stack gap="small">
                <span>{row.kind}</span>
                {row.group && <Note>{row.group}</Note>}
              </Stack>
            ),
          },
          {
            header: t('gitops.name'),
            wide: true,
            cell: row => (
              <Stack gap="small">
                <span>{row.name}</span>
                {row.namespace && <Note>{row.namespace}</Note>}
              </Stack>
            ),
          },
          {
            header: t('gitops.state'),
            cell: row => (
              <Row gap="small">
                {row.sync && (
                  <Status
                    {...syncLook[row.sync]}
                    word={t(`gitops.sync.${row.sync}`)}
                  />
                )}
                {row.requiresPruning && (
                  <Chip tone="attention">{t('gitops.prune')}</Chip>
                )}
              </Row>
            ),
          },
          {
            header: t('gitops.health'),
            cell: row => row.health && <HealthText health={row.health} />,
          },
        ]}
      />
      {resources.length >= mostListed && (
        <Note>{t('gitops.cut', { n: String(resources.length) })}</Note>
      )}
    </Subsection>
  );
}
