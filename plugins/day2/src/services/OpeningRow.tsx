import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { OnCallList } from '../incidents/OnCallList';
import { useText } from '../translation';
import {
  AgoText,
  Columns,
  Note,
  Panel,
  Stack,
  TextLink,
  VersionButton,
} from '../ui';
import { usePageState } from '../url';
import { RunningVersions } from './RunningVersions';

/** What one needs at three in the morning. */
export function OpeningRow(props: { summary: ServiceSummary }) {
  const t = useText();
  const { change } = usePageState();
  const { runbook, support, links, onCall, running, lastKnownGood } =
    props.summary.header;
  return (
    <Columns width={260}>
      <Panel level={3} title={t('service.help')} ageless>
        <Stack gap="medium">
          {runbook ? (
            <TextLink href={runbook}>{t('service.runbook')}</TextLink>
          ) : (
            <Note>{t('service.noRunbook')}</Note>
          )}
          {onCall && onCall.length > 0 && (
            <div>
              <Note>{t('incident.onCall')}</Note>
              <OnCallList onCall={onCall} />
            </div>
          )}
          {support.length === 0 && <Note>{t('service.noSupport')}</Note>}
          {support.map(({ level, ref }) => (
            <span key={`${level} ${ref}`}>
              {level}: <EntityRefLink entityRef={ref} defaultKind="group" />
            </span>
          ))}
          {links.map(({ title, url }) => (
            <TextLink key={url} href={url}>
              {title}
            </TextLink>
          ))}
        </Stack>
      </Panel>
      <Panel level={3} title={t('service.lastKnownGood')}>
        {lastKnownGood ? (
          <Stack gap="medium">
            <VersionButton
              text={lastKnownGood.version}
              onClick={() =>
                change({
                  open: { kind: 'deployment', id: lastKnownGood.deploymentId },
                })
              }
            />
            <Note>
              {t('service.deployed')} <AgoText at={lastKnownGood.deployedAt} />
            </Note>
            <Note>{t('service.lastKnownGoodMeaning')}</Note>
          </Stack>
        ) : (
          <Note>{t('service.noLastKnownGood')}</Note>
        )}
      </Panel>
      <Panel level={3} title={t('service.running')}>
        <RunningVersions
          running={running}
          onOpen={id => change({ open: { kind: 'deployment', id } })}
        />
      </Panel>
    </Columns>
  );
}
