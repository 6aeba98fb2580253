import type { IncidentSaid } from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { withLocalInstants } from '../time';
import { useText } from '../translation';
import { Button, DataTable, Note, Panel, Stack, TimeText } from '../ui';
import type { Asked } from './asked';

/** Everything that people said of an incident, what was taken back included. */
export function SaidPanel(props: {
  said: IncidentSaid[];
  /** How many older ones are left out. */
  more?: number;
  canEdit: boolean;
  onAsk: (asked: Asked) => void;
}) {
  const t = useText();
  const { said, more = 0 } = props;
  return (
    <Panel level={3} title={t('incident.said')}>
      {said.length === 0 ? (
        <Note>{t('incident.saidNone')}</Note>
      ) : (
        <DataTable
          caption={t('incident.said')}
          captionHidden
          rows={said.map(row => ({
            ...row,
            text: withLocalInstants(row.text),
          }))}
          rowId={row => row.id}
          columns={[
            {
              header: t('incident.when'),
              cell: row => <TimeText at={row.at} />,
            },
            {
              header: t('incident.who'),
              cell: row => <PersonText person={row.person} />,
            },
            {
              header: t('incident.saidWhat'),
              wide: true,
              cell: row => (
                <Stack gap="small">
                  {row.takenBack ? (
                    <del>{row.text}</del>
                  ) : (
                    <span>{row.text}</span>
                  )}
                  {row.why && <Note>{row.why}</Note>}
                </Stack>
              ),
            },
            {
              header: t('incident.takeBack'),
              cell: ({ id, takenBack, text }) =>
                takenBack ? (
                  <Note>
                    {t('incident.takenBack')}{' '}
                    <PersonText person={takenBack.person} />,{' '}
                    <TimeText at={takenBack.at} />
                  </Note>
                ) : (
                  <Button
                    disabled={!props.canEdit}
                    label={t('incident.back.title', { text })}
                    onClick={() =>
                      props.onAsk({ kind: 'takeBack', said: id, text })
                    }
                  >
                    {t('incident.takeBack')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {more > 0 && <Note>{t('incident.saidMore', { count: more })}</Note>}
    </Panel>
  );
}
