import { useState } from 'react';
import type { IncidentReferenceRecord } from '@day2/backstage-plugin-day2-common';
import { formatInstant } from '../time';
import { useText } from '../translation';
import {
  Button,
  CheckField,
  DataTable,
  Note,
  Panel,
  Row,
  Stack,
  StateChip,
  TextLink,
  TimeText,
  type Column,
} from '../ui';
import type { Asked } from './asked';

const idOf = ({ key, source }: IncidentReferenceRecord) => `${source} ${key}`;

/** The alerts and incidents of the tools that are this one, to merge and split. */
export function ReferencesPanel(props: {
  references: IncidentReferenceRecord[];
  canEdit: boolean;
  onAsk: (asked: Asked) => void;
}) {
  const { canEdit, onAsk, references } = props;
  const t = useText();
  const [chosen, setChosen] = useState<string[]>([]);
  const picked = references.filter(one => chosen.includes(idOf(one)));
  const choice: Column<IncidentReferenceRecord> = {
    header: t('incident.chosen'),
    cell: row => (
      <CheckField
        labelHidden
        label={t('incident.choose', { title: row.title })}
        checked={chosen.includes(idOf(row))}
        disabled={!canEdit}
        onChange={checked =>
          setChosen(before =>
            checked
              ? [...before, idOf(row)]
              : before.filter(id => id !== idOf(row)),
          )
        }
      />
    ),
  };
  return (
    <Panel
      level={3}
      title={t('incident.references')}
      aside={
        <Row>
          <Button disabled={!canEdit} onClick={() => onAsk({ kind: 'merge' })}>
            {t('incident.merge')}
          </Button>
          {references.length > 1 && (
            <Button
              // Splitting off all of them would leave nothing.
              disabled={
                !canEdit ||
                picked.length === 0 ||
                picked.length === references.length
              }
              onClick={() => onAsk({ kind: 'split', references: picked })}
            >
              {t('incident.split')}
            </Button>
          )}
        </Row>
      }
    >
      <DataTable
        caption={t('incident.references')}
        captionHidden
        plain
        rows={references}
        rowId={idOf}
        columns={[
          ...(references.length > 1 ? [choice] : []),
          {
            header: t('incident.reference'),
            wide: true,
            cell: row => (
              <Stack gap="small">
                <span>
                  {row.url ? (
                    <TextLink href={row.url}>{row.title}</TextLink>
                  ) : (
                    row.title
                  )}
                </span>
                <Note>
                  {[
                    row.sourceTitle,
                    t(`incident.kind.${row.kind}`),
                    row.environment,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Note>
                {row.suppressed && <Suppressed by={row.suppressed} />}
              </Stack>
            ),
          },
          {
            header: t('incident.how'),
            cell: ({ words }) =>
              words.map(({ field, word }) => `${field}: ${word}`).join(', '),
          },
          {
            header: t('incident.field.detectedAt'),
            cell: row => <TimeText at={row.detectedAt} />,
          },
          {
            header: t('incident.field.resolvedAt'),
            cell: row =>
              row.resolvedAt ? (
                <TimeText at={row.resolvedAt} />
              ) : (
                t('incident.stillOpen')
              ),
          },
          {
            header: t('incident.runbook'),
            cell: row =>
              row.runbook && (
                <TextLink href={row.runbook}>{t('incident.runbook')}</TextLink>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Suppressed(props: {
  by: NonNullable<IncidentReferenceRecord['suppressed']>;
}) {
  const t = useText();
  const { by, text, until } = props.by;
  return (
    <Row gap="small">
      <StateChip
        tone="attention"
        icon="paused"
        word={t(`incident.suppressed.${by}`)}
      />
      {(text || until) && (
        <Note>
          {text}
          {until &&
            ` ${t('incident.until')} ${formatInstant({ at: until }).local}`}
        </Note>
      )}
    </Row>
  );
}
