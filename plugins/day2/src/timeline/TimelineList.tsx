import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import type { Pages } from '../api';
import { PersonText } from '../persons';
import { useText } from '../translation';
import {
  DataTable,
  Note,
  Stack,
  Status,
  VersionButton,
  TimeText,
  type IconName,
} from '../ui';
import { usePageState } from '../url';
import { markLook, type LookWord } from './markLook';

const pictures: Partial<Record<LookWord, IconName>> = {
  rollback: 'undone',
  revert: 'reverted',
  undone: 'undone',
};

/** The chart's entries as a table, newest first: all of them, page by page. */
export function TimelineList(props: {
  items: TimelineEntry[];
  /** What it lists, where it is not what a chart above it draws. */
  caption?: string;
  /** Absent where these are all there are. */
  pages?: Pick<Pages<TimelineEntry>, 'hasMore' | 'loadMore' | 'loadingMore'>;
}) {
  const t = useText();
  const { change } = usePageState();
  const { pages, items } = props;
  return (
    <DataTable
      caption={props.caption ?? t('timeline.list')}
      captionHidden={props.caption !== undefined}
      rows={items}
      rowId={row => row.id}
      hasMore={pages?.hasMore}
      loadingMore={pages?.loadingMore}
      onMore={pages?.loadMore}
      columns={[
        { header: t('timeline.when'), cell: row => <TimeText at={row.at} /> },
        {
          header: t('timeline.what'),
          wide: true,
          cell: row => (
            <Stack gap="small">
              <VersionButton
                text={row.title}
                onClick={() =>
                  change({ open: { kind: row.kind, id: row.recordId } })
                }
              />
              {row.detail && <Note>{row.detail}</Note>}
              {row.underWaySince && (
                <>
                  <Status
                    tone="attention"
                    icon="running"
                    word={t('timeline.underWay')}
                  />
                  <Note>
                    {t('timeline.began')} <TimeText at={row.underWaySince} />
                  </Note>
                </>
              )}
            </Stack>
          ),
        },
        {
          header: t('timeline.type'),
          cell: row => {
            const look = markLook(row);
            return (
              <Status
                tone={look.tone}
                icon={pictures[look.word]}
                word={t(`timeline.look.${look.word}`)}
              />
            );
          },
        },
        {
          header: t('service.environment'),
          secondary: true,
          cell: row => row.environment ?? t('timeline.noEnvironment'),
        },
        {
          header: t('timeline.who'),
          secondary: true,
          cell: row => row.actor && <PersonText person={row.actor} />,
        },
      ]}
    />
  );
}
