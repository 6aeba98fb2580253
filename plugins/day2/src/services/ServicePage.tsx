import { useEffect } from 'react';
import { Revision, useKept, useServiceSummary } from '../api';
import { ChangesSection } from '../changes';
import { DeliverySection } from '../delivery/DeliverySection';
import { SyncSection } from '../gitops';
import { IncidentsSection } from '../incidents/IncidentsSection';
import { ObjectivesSection } from '../objectives/ObjectivesSection';
import { Timeline } from '../timeline';
import { useElapsed } from '../time';
import { useText } from '../translation';
import { Loadable, Loading, SectionNav, Stack } from '../ui';
import { usePageState } from '../url';
import { useWords } from '../vocabulary';
import { NotUnderstood } from './NotUnderstood';
import { OpeningRow } from './OpeningRow';
import { PartScope } from './PartScope';
import { RecordDrawer } from './RecordDrawer';
import { ServiceControls } from './ServiceControls';
import { ServiceHeading } from './ServiceHeading';
import { Tiles } from './Tiles';
import { useAskedEnvironment } from './useAskedEnvironment';

/** Everything about one service. Each part loads on its own. */
export function ServicePage(props: { serviceRef: string }) {
  const { serviceRef } = props;
  const t = useText();
  const { word } = useWords();
  const { state, change, linkTo, notUnderstood } = usePageState();
  const { asked, unknown, learn } = useAskedEnvironment({
    serviceRef,
    environment: state.environment,
  });
  const summary = useServiceSummary({
    serviceRef,
    environment: asked,
    range: state.range,
  });
  useEffect(() => learn(summary.data?.environments), [learn, summary.data]);

  // Another range changes the figures, not which service and environment this
  // is: what is on screen stays until the new ones are there.
  const kept = useKept({
    key: JSON.stringify([serviceRef, asked]),
    value: summary.data,
  });
  const shown = summary.data ?? (summary.error ? undefined : kept);
  const environment = asked ?? (shown ?? kept)?.environment;
  // Which environment is shown first is the backend's to say; but a summary
  // that is late or fails holds nobody: then the sections show all of them.
  const late = useElapsed(3_000);
  const settled =
    environment !== undefined || summary.error !== undefined || late;
  const { parts, sources } = shown ?? kept ?? {};
  return (
    <Revision of={summary.revision}>
      <Stack>
        <PartScope of={sources}>
          <ServiceHeading serviceRef={serviceRef} summary={shown} />
        </PartScope>
        <ServiceControls summary={shown} environment={environment} />
        <NotUnderstood
          parts={[
            ...notUnderstood,
            ...(unknown === undefined
              ? []
              : [{ key: 'env' as const, value: unknown }]),
          ]}
          environment={environment}
        />
        <Loadable
          of={{ ...summary, data: shown }}
          what={t('service.summary')}
          lines={6}
          panels
        >
          {data => (
            <Stack>
              <OpeningRow summary={data} />
              <Tiles summary={data} linkTo={linkTo} />
            </Stack>
          )}
        </Loadable>
        <SectionNav
          label={t('service.sections')}
          items={[
            {
              to: linkTo({ section: 'timeline', open: undefined }),
              label: t('timeline.section'),
              current: state.section === 'timeline',
            },
            {
              to: linkTo({ section: 'sync', open: undefined }),
              label: t('gitops.section'),
              current: state.section === 'sync',
            },
            {
              to: linkTo({ section: 'objectives', open: undefined }),
              label: word('objective', { plural: true }),
              current: state.section === 'objectives',
            },
            {
              to: linkTo({ section: 'incidents', open: undefined }),
              label: t('incident.section'),
              current: state.section === 'incidents',
            },
            {
              to: linkTo({ section: 'changes', open: undefined }),
              label: t('change.section'),
              current: state.section === 'changes',
            },
            {
              to: linkTo({ section: 'delivery', open: undefined }),
              label: t('delivery.section'),
              current: state.section === 'delivery',
            },
          ]}
        />
        {!settled && state.section !== 'sync' && (
          <Loading
            what={t('kit.loading', { what: t('timeline.title') })}
            lines={8}
          />
        )}
        {settled && state.section === 'timeline' && (
          <PartScope of={parts?.timeline}>
            <Timeline serviceRef={serviceRef} environment={environment} />
          </PartScope>
        )}
        {settled && state.section === 'incidents' && (
          <IncidentsSection
            serviceRef={serviceRef}
            environment={environment}
            onCall={parts?.onCall}
          />
        )}
        {settled && state.section === 'delivery' && (
          <DeliverySection serviceRef={serviceRef} environment={environment} />
        )}
        {settled && state.section === 'changes' && (
          <PartScope of={parts?.changes}>
            <ChangesSection serviceRef={serviceRef} environment={environment} />
          </PartScope>
        )}
        {state.open && (
          <RecordDrawer
            open={state.open}
            onOpen={open => change({ open })}
            onClose={() => change({ open: undefined })}
          />
        )}
        {state.section === 'sync' && <SyncSection serviceRef={serviceRef} />}
        {settled && state.section === 'objectives' && (
          <ObjectivesSection
            serviceRef={serviceRef}
            environment={environment}
          />
        )}
      </Stack>
    </Revision>
  );
}
