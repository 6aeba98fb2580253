import { useText } from '../translation';
import { AsOf, Drawer, Loadable, Stack, TextLink } from '../ui';
import type { OpenRecord } from '../url';
import { IncidentFacts } from './IncidentFacts';
import { SuspectText } from './SuspectText';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';
import { useIncident } from './useIncident';

/** One incident in short, leading to its own page. */
export function IncidentDrawer(props: {
  id: string;
  onOpen: (open: OpenRecord) => void;
  onClose: () => void;
}) {
  const t = useText();
  const answer = useIncident(props.id);
  const path = incidentPath(useIncidentsPath(), props.id);
  return (
    <Drawer
      title={answer.data?.incident.title ?? t('incident.incident')}
      onClose={props.onClose}
    >
      <Loadable of={answer} what={t('incident.incident')} lines={8}>
        {({ asOf, incident }) => (
          <Stack>
            <IncidentFacts incident={incident} />
            <SuspectText suspect={incident.suspect} onOpen={props.onOpen} />
            {path && <TextLink to={path}>{t('incident.toPage')}</TextLink>}
            <AsOf at={asOf} />
          </Stack>
        )}
      </Loadable>
    </Drawer>
  );
}
