import {
  deploymentLabel,
  type BudgetShare,
  type ObjectiveChart,
} from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, Note, Subsection, TimeText, VersionButton } from '../ui';
import { shareWords } from './shareWords';

interface SpentRow {
  id: string;
  share?: BudgetShare;
  words?: string;
  spent: number;
}

/** Which deployments spent the budget of the current period, and what none explains. */
export function SpentTable(props: {
  chart: ObjectiveChart;
  /** The service whose page it is: deployments of others say whose they are. */
  serviceRef: string;
  /** How much of the period was measured, where not all of it. */
  measured?: string;
  onOpen: (deploymentId: string) => void;
}) {
  const t = useText();
  const { hidden, notAttributed, shares, used } = props.chart;
  const rows: SpentRow[] = shares.map(share => ({
    id: share.deploymentId,
    share,
    spent: share.spent,
  }));
  if (hidden !== undefined) {
    rows.push({
      id: 'hidden',
      words: t('objective.hiddenShare'),
      spent: hidden,
    });
  }
  if (notAttributed !== undefined) {
    rows.push({
      id: 'none',
      words: t('objective.notAttributed'),
      spent: notAttributed,
    });
  }
  if (used !== undefined) {
    rows.push({ id: 'used', words: t('objective.used'), spent: used });
  }
  return (
    <Subsection title={t('objective.spentBy')}>
      {shares.length === 0 && hidden === undefined && (
        <Note>{t('objective.nothingSpent')}</Note>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('objective.spentBy')}
          captionHidden
          plain
          rows={rows}
          rowId={row => row.id}
          columns={[
            {
              header: t('objective.deployment'),
              wide: true,
              cell: ({ share, words }) =>
                share ? (
                  <VersionButton
                    text={t('objective.versionIn', {
                      environment: share.environment,
                      version: versionOf(share, props.serviceRef),
                    })}
                    onClick={() => props.onOpen(share.deploymentId)}
                  />
                ) : (
                  words
                ),
            },
            {
              header: t('change.finished'),
              cell: ({ share }) => share && <TimeText at={share.finishedAt} />,
            },
            {
              header: t('objective.share'),
              numeric: true,
              cell: ({ spent }) => shareWords(spent),
            },
          ]}
        />
      )}
      {props.measured && (
        <Note>{t('objective.spentOfPart', { measured: props.measured })}</Note>
      )}
      <Note>{t('objective.spentByNote')}</Note>
    </Subsection>
  );
}

function versionOf(share: BudgetShare, ownRef: string): string {
  const { serviceRef, version } = share;
  const service = serviceRef.slice(serviceRef.lastIndexOf('/') + 1);
  return serviceRef === ownRef
    ? version
    : deploymentLabel({ service, versions: [version] });
}
