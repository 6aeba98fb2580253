import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useResource } from '../api';
import { useText } from '../translation';
import { AsOf, Loadable, Note, Panel, Stack } from '../ui';
import { usePageState } from '../url';
import { QuarantineDrawer } from './QuarantineDrawer';
import { SourceActionFeedback } from './SourceActionFeedback';
import { SourcesTable } from './SourcesTable';
import { useSourceAction } from './useSourceAction';

/** Every source: how it is, what ails it, and what can be done. */
export function SourcesPage() {
  const t = useText();
  const api = useApi(day2ApiRef);
  const { state, change } = usePageState();
  const answer = useResource({
    key: 'sources',
    load: signal => api.call('listSources', { signal }),
    every: refreshEvery,
  });
  const control = useSourceAction({ onDone: answer.reload });
  const { data } = answer;
  const open = state.open?.kind === 'quarantine' ? state.open.id : undefined;
  const opened = data?.items.find(({ id }) => id === open);
  return (
    <Panel title={t('source.title')} aside={data && <AsOf at={data.asOf} />}>
      <SourceActionFeedback control={control} />
      <Loadable of={answer} what={t('source.title')} lines={6}>
        {({ items, canManage, queues }) => (
          <Stack>
            {items.length === 0 ? (
              <Note>{t('source.none')}</Note>
            ) : (
              <SourcesTable
                items={items}
                onAct={canManage ? control.ask : undefined}
                onQuarantine={id =>
                  change({ open: { kind: 'quarantine', id } })
                }
              />
            )}
            {queues.sequences + queues.subjects > 0 && (
              <Note>
                {t('source.queues', {
                  sequences: String(queues.sequences),
                  subjects: String(queues.subjects),
                })}
              </Note>
            )}
            {(queues.failed ?? 0) > 0 && (
              <Note>{t('source.failed', { n: String(queues.failed) })}</Note>
            )}
            {!canManage && <Note>{t('source.readOnly')}</Note>}
          </Stack>
        )}
      </Loadable>
      {open && (
        <QuarantineDrawer
          sourceId={open}
          title={opened?.title ?? open}
          onReplay={
            data?.canManage
              ? () => {
                  change({ open: undefined });
                  control.ask({
                    action: 'replay-quarantine',
                    sourceId: open,
                    title: opened?.title ?? open,
                  });
                }
              : undefined
          }
          onClose={() => change({ open: undefined })}
        />
      )}
    </Panel>
  );
}
