import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { durationWords } from '../time';
import { useText } from '../translation';
import {
  AgoText,
  Button,
  DataTable,
  Note,
  Row,
  Stack,
  TextButton,
  TextLink,
  type Column,
} from '../ui';
import { actionsOf } from './actions';
import { CountsText } from './CountsText';
import { SourceStateText } from './SourceStateText';
import { ails, stateLook } from './stateLook';
import { WebhookNote } from './WebhookNote';
import type { AskedAction } from './useSourceAction';

/** One row a source. */
export function SourcesTable(props: {
  items: SourceStatus[];
  /** Absent where the reader may know how many there are, and no more. */
  onQuarantine?: (sourceId: string) => void;
  /** Whether somebody here asked to read it again and that is not done. */
  isReread: (source: SourceStatus) => boolean;
  /** Absent where the reader may only look. */
  onAct?: (asked: AskedAction) => void;
}) {
  const t = useText();
  const { isReread, onAct, onQuarantine } = props;
  // What ails comes first; the others stay as configured.
  const items = [
    ...props.items.filter(({ state }) => ails(state)),
    ...props.items.filter(({ state }) => !ails(state)),
  ];
  const actions: Column<SourceStatus> = {
    header: t('source.actions'),
    cell: row => (
      <Row gap="small" oneLine>
        {actionsOf(row).map(action => (
          <Button
            key={action}
            label={`${t(`source.action.${action}`)}: ${row.title}`}
            onClick={() =>
              onAct?.({ action, sourceId: row.id, title: row.title })
            }
          >
            {t(`source.action.${action}`)}
          </Button>
        ))}
      </Row>
    ),
  };
  return (
    <DataTable
      caption={t('source.title')}
      captionHidden
      rows={items}
      rowId={row => row.id}
      rowTone={row => (ails(row.state) ? stateLook[row.state].tone : undefined)}
      columns={[
        {
          header: t('source.source'),
          cell: row => (
            <Stack gap="small">
              {row.url ? (
                <TextLink href={row.url}>{row.title}</TextLink>
              ) : (
                <span>{row.title}</span>
              )}
              <Note>{[row.type, row.detail].filter(Boolean).join(' · ')}</Note>
              {row.webhook && <WebhookNote webhook={row.webhook} />}
            </Stack>
          ),
        },
        {
          header: t('source.state'),
          // Room for what there is to say.
          wide: items.some(tellsMore),
          cell: row => <SourceStateText source={row} />,
        },
        {
          header: t('source.lastSuccess'),
          cell: row => (
            <Stack gap="small">
              {row.lastSuccessAt ? (
                <AgoText at={row.lastSuccessAt} />
              ) : (
                t('source.never')
              )}
              <Note>
                {row.everySeconds === undefined
                  ? t('source.onEvent')
                  : t('source.every', {
                      span: durationWords(row.everySeconds * 1000),
                    })}
              </Note>
            </Stack>
          ),
        },
        {
          header: t('source.takenIn'),
          cell: row => (
            <CountsText counts={row.counts} none={t('source.nothing')} />
          ),
        },
        {
          header: t('source.leftOut'),
          cell: row => (
            <CountsText
              counts={row.skipped}
              none={t(isReread(row) ? 'source.readAgain' : 'source.nothing')}
            />
          ),
        },
        {
          header: t('source.quarantined'),
          numeric: true,
          cell: row =>
            row.quarantined === 0 || !onQuarantine ? (
              row.quarantined
            ) : (
              <TextButton
                onClick={() => onQuarantine(row.id)}
                label={t('source.openQuarantine', {
                  n: String(row.quarantined),
                  title: row.title,
                })}
              >
                {row.quarantined}
              </TextButton>
            ),
        },
        ...(onAct ? [actions] : []),
      ]}
    />
  );
}

function tellsMore({ error, notices }: SourceStatus): boolean {
  return error !== undefined || notices.length > 0;
}
