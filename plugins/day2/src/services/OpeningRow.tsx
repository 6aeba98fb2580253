import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  OnCall,
  PartStanding,
  ServiceSummary,
} from '@day2/backstage-plugin-day2-common';
import { OnCallList } from '../incidents/OnCallList';
import { useText } from '../translation';
import {
  AgoText,
  Columns,
  Greyed,
  Note,
  Panel,
  Stack,
  TextLink,
  useStale,
  VersionButton,
} from '../ui';
import { usePageState } from '../url';
import { PartPanel } from './PartPanel';
import { PartScope } from './PartScope';
import { RunningVersions } from './RunningVersions';
import { Standing } from './Standing';

/** What one needs at three in the morning. */
export function OpeningRow(props: { summary: ServiceSummary }) {
  const t = useText();
  const { change } = usePageState();
  const { header, parts } = props.summary;
  const { runbook, support, links, onCall, running, lastKnownGood } = header;
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
            <PartScope of={parts.onCall}>
              <OnCallNow onCall={onCall} standing={parts.onCall} />
            </PartScope>
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
      <PartPanel title={t('service.lastKnownGood')} of={parts.deployments}>
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
      </PartPanel>
      <PartPanel title={t('service.running')} of={parts.deployments}>
        <RunningVersions
          running={running}
          onOpen={id => change({ open: { kind: 'deployment', id } })}
        />
      </PartPanel>
    </Columns>
  );
}

/** Who is on call, greyed within a panel that does not age. */
function OnCallNow(props: { onCall: OnCall[]; standing: PartStanding }) {
  const t = useText();
  const stale = useStale();
  const { onCall, standing } = props;
  return (
    <Stack gap="small">
      <Note>{t('incident.onCall')}</Note>
      {stale && <Standing asOf={standing.asOf} sources={standing} />}
      <Greyed when={stale}>
        <OnCallList onCall={onCall} />
      </Greyed>
    </Stack>
  );
}
