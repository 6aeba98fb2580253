import type {
  IncidentInstantRecord,
  IncidentRecord,
  IncidentWord,
} from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { formatInstant } from '../time';
import { useText } from '../translation';
import {
  Bullets,
  Button,
  DataTable,
  Note,
  Panel,
  Stack,
  TimeText,
} from '../ui';
import { instantFields, type Asked, type InstantField } from './asked';

interface InstantRow extends IncidentInstantRecord {
  field: InstantField;
}

/** When what happened, who says so, and what else is said. */
export function InstantsPanel(props: {
  instants: IncidentRecord['instants'];
  canEdit: boolean;
  onAsk: (asked: Asked) => void;
}) {
  const t = useText();
  const rows: InstantRow[] = instantFields.map(field => ({
    field,
    ...props.instants[field],
  }));
  return (
    <Panel level={3} title={t('incident.instants')}>
      <DataTable
        caption={t('incident.instants')}
        captionHidden
        plain
        rows={rows}
        rowId={row => row.field}
        columns={[
          {
            header: t('incident.instant'),
            cell: row => t(`incident.field.${row.field}`),
          },
          {
            header: t('incident.when'),
            cell: row => <WordAt at={row.at} said={row.words.length > 0} />,
          },
          {
            header: t('incident.told'),
            cell: ({ words: [first] }) => first && <Origin word={first} />,
          },
          {
            header: t('incident.alsoSaid'),
            wide: true,
            cell: ({ words }) => (
              <Bullets
                items={words.slice(1).map((word, index) => ({
                  key: String(index),
                  content: (
                    <>
                      <WordAt at={word.at} said /> <Origin word={word} />
                    </>
                  ),
                }))}
              />
            ),
          },
          {
            header: t('incident.edit'),
            cell: row => (
              <Button
                disabled={!props.canEdit}
                label={t('incident.editOf', {
                  field: t(`incident.field.${row.field}`),
                })}
                onClick={() => props.onAsk({ kind: 'say', field: row.field })}
              >
                {t('incident.edit')}
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function WordAt(props: { at?: string; said: boolean }) {
  const t = useText();
  if (props.at !== undefined) {
    return <TimeText at={props.at} />;
  }
  return (
    <>{t(props.said ? 'incident.notHappened' : 'incident.nothingKnown')}</>
  );
}

function Origin(props: { word: IncidentWord }) {
  const t = useText();
  const { origin } = props.word;
  if (origin.kind === 'reference') {
    return <>{origin.title}</>;
  }
  return (
    <Stack gap="small">
      <PersonText person={origin.person} />
      <Note>
        {t('incident.byPerson', {
          at: formatInstant({ at: origin.saidAt }).local,
        })}
        {origin.why && `: ${origin.why}`}
      </Note>
    </Stack>
  );
}
