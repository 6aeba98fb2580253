import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { Reasons } from '../deployments/Reasons';
import { Standing } from '../services/Standing';
import { useText } from '../translation';
import {
  Button,
  Columns,
  Note,
  Panel,
  Row,
  Stack,
  Subsection,
  TextLink,
} from '../ui';
import type { Asked, SaidField } from './asked';
import { IncidentFacts } from './IncidentFacts';
import { OnCallList } from './OnCallList';

const editable: SaidField[] = ['title', 'priority', 'impact', 'urgency'];

/** What an incident is, whom to call, what to read, and what does not fit. */
export function KnownPanel(props: {
  of: OperationOutput<'getIncident'>;
  onAsk: (asked: Asked) => void;
}) {
  const t = useText();
  const { asOf, canEdit, incident, onCall, runbooks, sources } = props.of;
  return (
    <Panel
      level={3}
      title={t('incident.known')}
      aside={
        <Row>
          <Note>{t('incident.edit')}</Note>
          {editable.map(field => (
            <Button
              key={field}
              disabled={!canEdit}
              label={t('incident.editOf', {
                field: t(`incident.field.${field}`),
              })}
              onClick={() => props.onAsk({ kind: 'say', field })}
            >
              {t(`incident.field.${field}`)}
            </Button>
          ))}
          <Standing asOf={asOf} sources={sources} />
        </Row>
      }
    >
      <Columns width={300}>
        <IncidentFacts incident={incident} />
        <Stack>
          <Subsection title={t('incident.onCall')}>
            <OnCallList onCall={onCall} />
          </Subsection>
          <Subsection title={t('incident.runbooks')}>
            {runbooks.length === 0 && <Note>{t('service.noRunbook')}</Note>}
            {runbooks.map(url => (
              <span key={url} style={{ overflowWrap: 'anywhere' }}>
                <TextLink href={url}>{url}</TextLink>
              </span>
            ))}
          </Subsection>
          {incident.contradictions.length > 0 && (
            <Subsection title={t('incident.contradictions')}>
              <Reasons reasons={incident.contradictions} />
            </Subsection>
          )}
        </Stack>
      </Columns>
    </Panel>
  );
}
