import { useText } from '../translation';
import {
  AsOf,
  Drawer,
  Loadable,
  Note,
  Panel,
  Stack,
  Term,
  WhyEmptyNote,
} from '../ui';
import { usePageState } from '../url';
import { ApplicationRecord } from './ApplicationRecord';
import { ApplicationsTable } from './ApplicationsTable';
import { SyncMatrix } from './SyncMatrix';
import { useApplications } from './useApplications';

/** The section Sync: what runs of a service against what Git asks for. */
export function SyncSection(props: { serviceRef: string }) {
  const { serviceRef } = props;
  const t = useText();
  const { state, change } = usePageState();
  const openId = state.open?.kind === 'application' ? state.open.id : undefined;
  const answer = useApplications({ serviceRef, openId });
  const opened = answer.data?.items.find(({ id }) => id === openId);
  const onOpen = (id: string) => change({ open: { kind: 'application', id } });
  // Where there is none, the text says which sources were read.
  const aside = answer.data && answer.data.items.length > 0 && (
    <AsOf at={answer.data.asOf} />
  );
  const failing = answer.error !== undefined;
  return (
    <Stack>
      <Panel title={<Term id="sync" />} stale={failing} aside={aside}>
        <Loadable of={answer} what={t('gitops.section')}>
          {({ items, empty, nextCursor, running }) =>
            items.length === 0 ? (
              (empty && <WhyEmptyNote why={empty} />) || (
                <Note>{t('gitops.none')}</Note>
              )
            ) : (
              <Stack>
                <Note>{t('gitops.all')}</Note>
                <SyncMatrix items={items} running={running} onOpen={onOpen} />
                {nextCursor !== undefined && (
                  <Note>{t('gitops.more', { n: String(items.length) })}</Note>
                )}
                <ApplicationsTable
                  items={items}
                  onOpen={onOpen}
                  hasMore={nextCursor !== undefined}
                  loadingMore={answer.loadingMore}
                  onMore={answer.loadMore}
                />
              </Stack>
            )
          }
        </Loadable>
      </Panel>
      {openId !== undefined && (
        <Drawer
          title={opened?.name ?? t('gitops.application')}
          onClose={() => change({ open: undefined })}
        >
          <Loadable
            of={{
              ...answer,
              data: answer.isSearching ? undefined : answer.data && { opened },
            }}
            what={t('gitops.application')}
          >
            {data =>
              data.opened ? (
                <ApplicationRecord application={data.opened} />
              ) : (
                <Note>{t('gitops.notFound')}</Note>
              )
            }
          </Loadable>
        </Drawer>
      )}
    </Stack>
  );
}
