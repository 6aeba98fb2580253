import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { durationWords } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  Bullets,
  Chip,
  Facts,
  Note,
  Row,
  Stack,
  Status,
  Subsection,
  Term,
  TextLink,
  TimeText,
  VersionText,
} from '../ui';
import type { OpenRecord } from '../url';
import { CarriedCommits } from './CarriedCommits';
import { DeploymentTargets } from './DeploymentTargets';
import { outcomeLook, rolloutTone } from './outcomeLook';
import { RevisionText } from './RevisionText';
import { Reasons } from './Reasons';
import { versionWords } from './versionWords';
import { WhatFollowed } from './WhatFollowed';

/** Everything known of one deployment. */
export function DeploymentRecord(
  props: OperationOutput<'getDeployment'> & {
    onOpen: (open: OpenRecord) => void;
  },
) {
  const t = useText();
  const { deployment, onOpen } = props;
  const { startedAt, finishedAt, firstFinishedAt } = deployment;
  return (
    <Stack>
      <Row gap="large">
        <Status
          {...outcomeLook[deployment.outcome]}
          word={t(`change.outcome.${deployment.outcome}`)}
        />
        <Status
          tone={rolloutTone[deployment.rollout]}
          word={t(`change.rollout.${deployment.rollout}`)}
        />
        {deployment.rollback && (
          <Chip tone="attention">
            <Term id="rollback" />
          </Chip>
        )}
        {deployment.unplanned && (
          <Chip tone="attention">{t('change.unplanned')}</Chip>
        )}
      </Row>
      {deployment.title && <Note>{deployment.title}</Note>}
      <Facts
        items={[
          {
            name: t('change.service'),
            value: <EntityRefLink entityRef={deployment.serviceRef} />,
          },
          {
            name: t('service.version'),
            value: (
              <VersionText
                text={versionWords(deployment)}
                copyAs={t('service.version')}
                copied={deployment.version}
              />
            ),
          },
          {
            name: t('change.image'),
            value: deployment.image && (
              <VersionText text={deployment.image} copyAs={t('change.image')} />
            ),
          },
          {
            name: t('service.environment'),
            value: deployment.environment,
          },
          {
            name: t('change.finished'),
            value: (
              <>
                <TimeText at={finishedAt} />{' '}
                <Note>{t(`change.basis.${deployment.basis}`)}</Note>
              </>
            ),
          },
          {
            name: t('change.firstTarget'),
            value: firstFinishedAt !== finishedAt && (
              <TimeText at={firstFinishedAt} />
            ),
          },
          {
            name: t('change.took'),
            value:
              startedAt &&
              durationWords(Date.parse(finishedAt) - Date.parse(startedAt)),
          },
          {
            name: t('timeline.who'),
            value: deployment.actor && <PersonText person={deployment.actor} />,
          },
          {
            name: t('change.applicationRevision'),
            value: deployment.applicationRevision && (
              <RevisionText revision={deployment.applicationRevision} />
            ),
          },
          {
            name: t('change.howFound'),
            value: deployment.applicationRevisionNote,
          },
          {
            name: t('change.manifestRevision'),
            value: deployment.manifestRevision && (
              <RevisionText revision={deployment.manifestRevision} />
            ),
          },
          {
            name: t('change.link'),
            value: deployment.url && (
              <TextLink href={deployment.url}>{t('change.openTool')}</TextLink>
            ),
          },
        ]}
      />
      {deployment.unplannedReasons.length > 0 && (
        <Subsection title={t('change.whyUnplanned')}>
          <Reasons reasons={deployment.unplannedReasons} />
        </Subsection>
      )}
      <WhatFollowed deployment={deployment} onOpen={onOpen} />
      <DeploymentTargets targets={deployment.targets} />
      <CarriedCommits
        deployment={deployment}
        commits={props.commits}
        cut={props.commitsCut}
        onOpen={onOpen}
      />
      <Subsection title={t('change.sources')}>
        <Bullets
          items={deployment.sources.map(({ source, key, url }) => ({
            key: `${source} ${key}`,
            content: url ? (
              <TextLink href={url}>{`${source}: ${key}`}</TextLink>
            ) : (
              `${source}: ${key}`
            ),
          }))}
        />
        <AsOf at={props.asOf} />
      </Subsection>
    </Stack>
  );
}
