import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, usePages } from '../api';
import { useText } from '../translation';
import {
  Button,
  Copyable,
  DataTable,
  Disclosure,
  Drawer,
  Loadable,
  Note,
  Stack,
  TimeText,
} from '../ui';

/** What a source could not take in, and why. */
export function QuarantineDrawer(props: {
  sourceId: string;
  title: string;
  /** Absent where the reader may only look. */
  onReplay?: () => void;
  onClose: () => void;
}) {
  const { sourceId, onReplay } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const pages = usePages({
    key: sourceId,
    load: (cursor, signal) =>
      api.call('listQuarantine', {
        params: { id: sourceId },
        query: { cursor },
        signal,
      }),
  });
  return (
    <Drawer
      title={t('source.quarantineOf', { title: props.title })}
      onClose={props.onClose}
    >
      <Note>{t('source.quarantineMeaning')}</Note>
      <Loadable
        of={{ ...pages, data: pages.items }}
        what={t('source.quarantined')}
      >
        {items => (
          <Stack>
            {onReplay && items.length > 0 && (
              <div>
                <Button icon="refresh" onClick={onReplay}>
                  {t('source.action.replay-quarantine')}
                </Button>
              </div>
            )}
            {items.length === 0 ? (
              <Note>{t('source.quarantineEmpty')}</Note>
            ) : (
              <DataTable
                caption={t('source.quarantined')}
                captionHidden
                rows={items}
                rowId={row => row.id}
                hasMore={pages.hasMore}
                loadingMore={pages.loadingMore}
                onMore={pages.loadMore}
                columns={[
                  {
                    header: t('timeline.when'),
                    cell: row => <TimeText at={row.at} />,
                  },
                  {
                    header: t('source.reason'),
                    wide: true,
                    cell: row => (
                      <Stack gap="small">
                        <span>{row.reason}</span>
                        {row.key && <Note>{row.key}</Note>}
                        <Disclosure summary={t('source.showItem')}>
                          <Copyable label={t('source.item')} text={row.item} />
                        </Disclosure>
                      </Stack>
                    ),
                  },
                ]}
              />
            )}
          </Stack>
        )}
      </Loadable>
    </Drawer>
  );
}
