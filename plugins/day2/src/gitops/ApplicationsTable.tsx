import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import {
  AgoText,
  DataTable,
  Greyed,
  Note,
  Stack,
  TextButton,
  type Column,
  type Tone,
} from '../ui';
import { HealthText } from './HealthText';
import { OperationText } from './OperationText';
import { placeWords } from './placeWords';
import { Revisions } from './Revisions';
import { SyncChips } from './SyncChips';

/** The applications of a service, one row each. */
export function ApplicationsTable(props: {
  items: ApplicationState[];
  onOpen: (id: string) => void;
  hasMore?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
}) {
  const t = useText();
  const columns: Column<ApplicationState>[] = [
    {
      header: t('gitops.application'),
      cell: row => (
        <Stack gap="small">
          <TextButton onClick={() => props.onOpen(row.id)}>
            {row.name}
          </TextButton>
          <Note>
            <span style={{ whiteSpace: 'nowrap' }}>{placeWords(t, row)}</span>
          </Note>
        </Stack>
      ),
    },
    {
      header: t('gitops.state'),
      cell: row => <SyncChips application={row} reasons />,
    },
    {
      header: t('gitops.health'),
      cell: row => <HealthText health={row.health} />,
    },
    {
      header: t('gitops.revisions'),
      cell: row => <Revisions application={row} />,
    },
    {
      header: t('gitops.operation'),
      cell: row => <OperationText operation={row.operation} />,
    },
    {
      header: t('gitops.automation'),
      secondary: true,
      cell: row => (
        <Stack gap="small">
          <span>{t(row.automated ? 'gitops.automated' : 'gitops.manual')}</span>
          {row.automated && (
            <Note>
              {t(row.selfHeal ? 'gitops.selfHeal' : 'gitops.noSelfHeal')}
            </Note>
          )}
        </Stack>
      ),
    },
    {
      header: t('gitops.syncedAt'),
      secondary: true,
      cell: row => row.syncedAt && <AgoText at={row.syncedAt} />,
    },
  ];
  return (
    <DataTable
      caption={t('gitops.applications')}
      captionHidden
      rows={props.items}
      rowId={row => row.id}
      hasMore={props.hasMore}
      loadingMore={props.loadingMore}
      onMore={props.onMore}
      rowTone={rowTone}
      columns={columns.map(column => ({
        ...column,
        cell: (row: ApplicationState) => (
          <Greyed when={row.stale}>{column.cell(row)}</Greyed>
        ),
      }))}
    />
  );
}

/** As the tile and the fleet have it: what fails or is ill is worse than what drifted. */
function rowTone({
  failing,
  health,
  sync,
}: ApplicationState): Tone | undefined {
  if (failing || health === 'degraded') {
    return 'bad';
  }
  return sync === 'drifted' ? 'attention' : undefined;
}
