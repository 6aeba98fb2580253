import { useKept, useServiceSummary } from '../api';
import { ChangesSection } from '../changes';
import { Timeline } from '../timeline';
import { useElapsed } from '../time';
import { useText } from '../translation';
import { Loadable, Loading, Panel, SectionNav, Stack } from '../ui';
import { usePageState } from '../url';
import { OpeningRow } from './OpeningRow';
import { RecordDrawer } from './RecordDrawer';
import { ServiceControls } from './ServiceControls';
import { ServiceHeading } from './ServiceHeading';
import { Tiles } from './Tiles';

/** Everything about one service. Each part loads on its own. */
export function ServicePage(props: { serviceRef: string }) {
  const { serviceRef } = props;
  const t = useText();
  const { state, change, linkTo } = usePageState();
  const summary = useServiceSummary({
    serviceRef,
    environment: state.environment,
    range: state.range,
  });

  // Another range changes the figures, not which service and environment this
  // is: what is on screen stays until the new ones are there.
  const kept = useKept({
    key: JSON.stringify([serviceRef, state.environment]),
    value: summary.data,
  });
  const shown = summary.data ?? (summary.error ? undefined : kept);
  const environment = state.environment ?? (shown ?? kept)?.environment;
  // Which environment is shown first is the backend's to say; but a summary
  // that is late or fails holds nobody: then the sections show all of them.
  const late = useElapsed(3_000);
  const settled =
    environment !== undefined || summary.error !== undefined || late;
  return (
    <Stack>
      <ServiceHeading serviceRef={serviceRef} summary={shown} />
      <ServiceControls summary={shown} environment={environment} />
      <Loadable
        of={{ ...summary, data: shown }}
        what={t('service.summary')}
        lines={6}
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
            to: linkTo({ section: 'changes', open: undefined }),
            label: t('change.section'),
            current: state.section === 'changes',
          },
        ]}
      />
      {!settled && (
        <Loading
          what={t('kit.loading', { what: t('timeline.title') })}
          lines={8}
        />
      )}
      {settled && state.section === 'timeline' && (
        <Panel title={t('timeline.title')}>
          <Timeline serviceRef={serviceRef} environment={environment} />
        </Panel>
      )}
      {settled && state.section === 'changes' && (
        <ChangesSection serviceRef={serviceRef} environment={environment} />
      )}
      {state.open && (
        <RecordDrawer
          open={state.open}
          onOpen={open => change({ open })}
          onClose={() => change({ open: undefined })}
        />
      )}
    </Stack>
  );
}
