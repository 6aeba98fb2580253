import { parseEntityRef } from '@backstage/catalog-model';
import type {
  DeliveryMetric,
  DeliveryRecord,
} from '@day2/backstage-plugin-day2-common';
import { Reasons, versionWords } from '../deployments';
import { durationWords } from '../time';
import type { Text } from '../translation';
import {
  Note,
  Stack,
  Status,
  TextButton,
  TextLink,
  TimeText,
  VersionButton,
  type Column,
  type Tone,
} from '../ui';

/** The columns of the rows behind a figure. */
export function recordColumns(options: {
  t: Text;
  metric: DeliveryMetric;
  /** All are of one service, which need not be named in each row. */
  oneService: boolean;
  tab: (serviceRef: string) => string;
  /** Opens a deployment's drawer. */
  onOpen: (deploymentId: string) => void;
  /** Address of an incident's page; absent where the portal has none. */
  incidentTo?: (id: string) => string | undefined;
}): Column<DeliveryRecord>[] {
  const { incidentTo, t, metric, onOpen, tab } = options;
  const columns: Column<DeliveryRecord>[] = [
    {
      header: t('change.finished'),
      cell: row => <TimeText at={row.finishedAt} />,
    },
    {
      header: t('delivery.deployment'),
      wide: true,
      cell: row => (
        <Stack gap="small">
          <VersionButton
            text={versionWords(row)}
            onClick={() => onOpen(row.deploymentId)}
          />
          <Note>
            {!options.oneService && (
              <>
                <TextLink to={`${tab(row.serviceRef)}?section=delivery`}>
                  {parseEntityRef(row.serviceRef).name}
                </TextLink>
                {' · '}
              </>
            )}
            {row.environment}
          </Note>
        </Stack>
      ),
    },
    {
      header: t('delivery.why'),
      // The words are what the drawer is opened for.
      wide: true,
      cell: row => (
        <Stack gap="small">
          <Status
            tone={roleTone(row)}
            word={t(`delivery.roleWord.${metric}.${row.role}`)}
          />
          {row.suspected && (
            <Status
              tone="attention"
              icon="unknown"
              word={t('delivery.onlySuspectedWord')}
            />
          )}
          <Reasons reasons={row.reasons} />
          <LeadNote lead={row.lead} t={t} />
          <RecoveryNote recovery={row.recovery} t={t} onOpen={onOpen} />
          <IncidentNote
            to={
              row.recovery?.incidentId && incidentTo?.(row.recovery.incidentId)
            }
            t={t}
          />
        </Stack>
      ),
    },
  ];
  if (metric === 'changeLeadTime') {
    columns.push({
      header: t('delivery.lead'),
      numeric: true,
      cell: row =>
        row.lead?.medianSeconds !== undefined && (
          <Seconds value={row.lead.medianSeconds} />
        ),
    });
  }
  if (metric === 'failedDeploymentRecoveryTime') {
    columns.push({
      header: t('delivery.recovery'),
      numeric: true,
      cell: row =>
        row.recovery && <RecoveryTime recovery={row.recovery} t={t} />,
    });
  }
  return columns;
}

function roleTone({ metric, role }: DeliveryRecord): Tone {
  if (role === 'left-out') {
    return 'neutral';
  }
  if (role === 'open') {
    return 'bad';
  }
  if (metric === 'deploymentSuccessRate') {
    return role === 'numerator' ? 'ok' : 'bad';
  }
  if (metric === 'changeFailRate') {
    return role === 'numerator' ? 'bad' : 'ok';
  }
  return role === 'numerator' ? 'attention' : 'ok';
}

/** A span that keeps to one line. */
function Seconds(props: { value: number }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {durationWords(props.value * 1000)}
    </span>
  );
}

function LeadNote(props: { lead: DeliveryRecord['lead']; t: Text }) {
  const { lead, t } = props;
  if (lead?.longestSeconds === undefined) {
    return null;
  }
  return (
    <Note>
      {t('delivery.leadOf', {
        count: lead.commits,
        longest: durationWords(lead.longestSeconds * 1000),
      })}
    </Note>
  );
}

function RecoveryTime(props: {
  recovery: NonNullable<DeliveryRecord['recovery']>;
  t: Text;
}) {
  const { recovery, t } = props;
  if (recovery.seconds !== undefined) {
    return <Seconds value={recovery.seconds} />;
  }
  const { how } = recovery;
  return <>{t(how === 'open' ? 'delivery.stillOpen' : 'change.notMeasured')}</>;
}

/** What restored it, and the way there. */
function RecoveryNote(props: {
  recovery: DeliveryRecord['recovery'];
  t: Text;
  onOpen: (deploymentId: string) => void;
}) {
  const { onOpen, recovery, t } = props;
  if (!recovery || recovery.how === 'open') {
    return null;
  }
  const { how, restoredById } = recovery;
  return (
    <Note>
      {restoredById ? (
        <TextButton onClick={() => onOpen(restoredById)}>
          {t(`delivery.how.${how}`)}
        </TextButton>
      ) : (
        t(`delivery.how.${how}`)
      )}
    </Note>
  );
}

/** The way to the incident that says how long the failure was. */
function IncidentNote(props: { to?: string; t: Text }) {
  return props.to ? (
    <Note>
      <TextLink to={props.to}>{props.t('delivery.itsIncident')}</TextLink>
    </Note>
  ) : null;
}
