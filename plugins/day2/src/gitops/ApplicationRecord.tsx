import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { Reasons } from '../deployments';
import { useText } from '../translation';
import {
  AgoText,
  AsOf,
  Bullets,
  Facts,
  Note,
  Row,
  Stack,
  StaleScope,
  Subsection,
  TextLink,
  TimeText,
} from '../ui';
import { HealthText } from './HealthText';
import { OperationText } from './OperationText';
import { Origins } from './Origins';
import { placeWords } from './placeWords';
import { ResourcesTable } from './ResourcesTable';
import { SyncChips } from './SyncChips';

/** Everything known of one application. */
export function ApplicationRecord(props: { application: ApplicationState }) {
  const t = useText();
  const { application } = props;
  const { automated, selfHeal } = application;
  return (
    <StaleScope stale={application.stale}>
      <Stack>
        <Row spread>
          <Row>
            <SyncChips application={application} />
            <HealthText health={application.health} />
          </Row>
          <AsOf at={application.asOf} />
        </Row>
        {application.healthMessage && <Note>{application.healthMessage}</Note>}
        {application.syncReasons.length > 0 && (
          <Subsection title={t('gitops.why')}>
            <Reasons reasons={application.syncReasons} />
          </Subsection>
        )}
        <ResourcesTable application={application} />
        {application.conditions.length > 0 && (
          <Subsection title={t('gitops.conditions')}>
            <Bullets
              items={application.conditions.map((condition, index) => ({
                key: String(index),
                content: (
                  <>
                    <strong>{condition.type}</strong>: {condition.message}{' '}
                    {condition.at && <AgoText at={condition.at} />}
                  </>
                ),
              }))}
            />
          </Subsection>
        )}
        <Subsection title={t('gitops.operation')}>
          <OperationText operation={application.operation} message />
        </Subsection>
        <Origins origins={application.origins} />
        <Facts
          items={[
            { name: t('gitops.where'), value: placeWords(t, application) },
            { name: t('gitops.project'), value: application.project },
            {
              name: t('gitops.automation'),
              value: automated
                ? `${t('gitops.automated')}, ${t(
                    selfHeal ? 'gitops.selfHeal' : 'gitops.noSelfHeal',
                  )}`
                : t('gitops.manual'),
            },
            {
              name: t('gitops.syncedAt'),
              value: application.syncedAt && (
                <TimeText at={application.syncedAt} />
              ),
            },
            {
              name: t('gitops.comparedAt'),
              value: application.comparedAt && (
                <TimeText at={application.comparedAt} />
              ),
            },
            { name: t('gitops.told'), value: application.source.title },
          ]}
        />
        {application.images.length > 0 && (
          <Subsection title={t('gitops.images')}>
            <Bullets
              items={application.images.map(image => ({
                key: image,
                content: image,
              }))}
            />
          </Subsection>
        )}
        {application.url && (
          <TextLink href={application.url}>{t('gitops.openTool')}</TextLink>
        )}
      </Stack>
    </StaleScope>
  );
}
