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
  const seconds = shareMinute(rows);
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
            cell: row => <Standing {...row} seconds={seconds} />,
          },
          {
            header: t('incident.told'),
            cell: row =>
              isToldBy(row, row.words[0]) && <Origin word={row.words[0]} />,
          },
          {
            header: t('incident.alsoSaid'),
            wide: true,
            cell: row => (
              <Bullets
                items={row.words
                  .slice(isToldBy(row, row.words[0]) ? 1 : 0)
                  .map((word, index) => ({
                    key: String(index),
                    content: (
                      <>
                        <WordAt at={word.at} said seconds={seconds} />{' '}
                        <Origin word={word} />
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

/** Whether a word is why the instant stands as it does: of what goes on none is. */
function isToldBy(
  { at }: IncidentInstantRecord,
  first: IncidentWord | undefined,
): first is IncidentWord {
  return first !== undefined && first.at === at;
}

/** Two instants that differ within one minute would read as one. */
function shareMinute(rows: InstantRow[]): boolean {
  const instants = new Set(
    rows.flatMap(({ at, words }) => [at, ...words.map(word => word.at)]),
  );
  const minutes = [...instants].flatMap(each => each?.slice(0, 16) ?? []);
  return new Set(minutes).size < minutes.length;
}

function Standing(props: InstantRow & { seconds: boolean }) {
  const t = useText();
  const { goesOn, at, seconds, words } = props;
  if (!goesOn) {
    return <WordAt at={at} said={words.length > 0} seconds={seconds} />;
  }
  const { title, sourceTitle: source, more } = goesOn;
  return (
    <>
      {t('incident.goesOn', { title, source })}
      {more > 0 && ` ${t('incident.goesOnMore', { count: more })}`}
    </>
  );
}

function WordAt(props: { at?: string; said: boolean; seconds: boolean }) {
  const t = useText();
  if (props.at !== undefined) {
    return <TimeText at={props.at} seconds={props.seconds} />;
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
