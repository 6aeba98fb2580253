import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { PartScope } from '../services/PartScope';
import { RecordDrawer } from '../services/RecordDrawer';
import { useText } from '../translation';
import {
  Button,
  Loadable,
  Note,
  PageHeading,
  Refusal,
  Row,
  Stack,
  Status,
  TextLink,
} from '../ui';
import { usePageState } from '../url';
import { ActionDialog } from './ActionDialog';
import type { Asked } from './asked';
import { BeforePanel } from './BeforePanel';
import { FixesPanel } from './FixesPanel';
import { InstantsPanel } from './InstantsPanel';
import { KnownPanel } from './KnownPanel';
import { ReferencesPanel } from './ReferencesPanel';
import { SaidPanel } from './SaidPanel';
import { SuspectsPanel } from './SuspectsPanel';
import { useIncident } from './useIncident';
import { useIncidentAction } from './useIncidentAction';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** Everything about one incident, on a page of its own. */
export function IncidentPage() {
  const t = useText();
  const { id = '' } = useParams();
  const path = useIncidentsPath();
  const navigate = useNavigate();
  const { state, change } = usePageState();
  const [asked, setAsked] = useState<Asked>();
  const answer = useIncident(id);
  const action = useIncidentAction({
    id,
    onDone: now => {
      const to = incidentPath(path, now);
      if (now !== id && to !== undefined) {
        navigate(to, { replace: true });
      } else {
        answer.reload();
      }
    },
  });
  const splitOffId = action.done?.splitOffId;
  const splitOff =
    splitOffId === undefined ? undefined : incidentPath(path, splitOffId);
  const ask = (wanted: Asked | undefined) => {
    action.clear();
    setAsked(wanted);
  };
  return (
    <Stack>
      {path && <TextLink to={path}>{t('incident.toList')}</TextLink>}
      <Stack gap="small">
        <PageHeading>
          {answer.data?.incident.title ?? t('incident.incident')}
        </PageHeading>
        <div role="status">
          {action.done && (
            <Row>
              <Status wrap tone="ok" word={action.done.words} />
              {splitOff !== undefined && (
                <TextLink to={splitOff}>{t('incident.toSplitOff')}</TextLink>
              )}
            </Row>
          )}
        </div>
      </Stack>
      {action.failed && !asked && (
        // Of a dialog that was left before the answer came.
        <Stack gap="medium">
          <Refusal error={action.failed} />
          <div>
            <Button quiet onClick={action.clear}>
              {t('kit.close')}
            </Button>
          </div>
        </Stack>
      )}
      <Loadable of={answer} what={t('incident.incident')} lines={10} panels>
        {data => (
          <Stack>
            {!data.canEdit && <Note>{t('incident.readOnly')}</Note>}
            <PartScope of={data.sources}>
              <Stack>
                <KnownPanel of={data} onAsk={ask} />
                <InstantsPanel
                  instants={data.incident.instants}
                  canEdit={data.canEdit}
                  onAsk={ask}
                />
                <ReferencesPanel
                  key={data.incident.id}
                  references={data.incident.references}
                  canEdit={data.canEdit}
                  onAsk={ask}
                />
              </Stack>
            </PartScope>
            <SuspectsPanel
              of={data}
              canEdit={data.canEdit}
              onAsk={ask}
              onOpen={open => change({ open })}
            />
            <FixesPanel fixes={data.fixes} onOpen={open => change({ open })} />
            <BeforePanel entries={data.before} />
            <SaidPanel
              said={data.said}
              more={data.moreSaid}
              canEdit={data.canEdit}
              onAsk={ask}
            />
            {asked && (
              <ActionDialog
                asked={asked}
                incident={data.incident}
                busy={action.busy}
                failed={action.failed}
                onAct={async wanted => {
                  if (await action.act(wanted)) {
                    setAsked(undefined);
                  }
                }}
                onCancel={() => ask(undefined)}
              />
            )}
          </Stack>
        )}
      </Loadable>
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
