import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, usePages } from '../api';
import { useText } from '../translation';
import {
  Button,
  Copyable,
  Disclosure,
  Note,
  PagedTable,
  Stack,
  TimeText,
} from '../ui';

/** What a source could not take in, and why: for those who manage sources. */
export function QuarantineItems(props: {
  sourceId: string;
  onReplay: () => void;
}) {
  const { sourceId } = props;
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
    <Stack>
      <Note>{t('source.quarantineMeaning')}</Note>
      {pages.items && pages.items.length > 0 && (
        <div>
          <Button icon="refresh" onClick={props.onReplay}>
            {t('source.action.replay-quarantine')}
          </Button>
        </div>
      )}
      <PagedTable
        pages={pages}
        title={t('source.quarantined')}
        none={t('source.quarantineEmpty')}
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
    </Stack>
  );
}
