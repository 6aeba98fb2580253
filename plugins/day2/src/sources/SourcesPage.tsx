import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useResource } from '../api';
import { useText } from '../translation';
import { AsOf, Drawer, Loadable, Note, Panel, Stack } from '../ui';
import { usePageState } from '../url';
import { EffectsNote } from './EffectsNote';
import { QuarantineItems } from './QuarantineItems';
import { SourceActionFeedback } from './SourceActionFeedback';
import { QueuesNote } from './QueuesNote';
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
  const { data } = answer;
  const control = useSourceAction({
    sources: data?.items,
    onDone: answer.reload,
  });
  const open = state.open?.kind === 'quarantine' ? state.open.id : undefined;
  const close = () => change({ open: undefined });
  const opened = data?.items.find(({ id }) => id === open);
  return (
    <Panel
      title={t('source.title')}
      stale={answer.error !== undefined}
      aside={data && <AsOf at={data.asOf} />}
    >
      <SourceActionFeedback control={control} />
      <Loadable of={answer} what={t('source.title')} lines={6}>
        {({ items, canManage, effects, queues }) => (
          <Stack>
            {items.length === 0 ? (
              <Note>{t('source.none')}</Note>
            ) : (
              <SourcesTable
                items={items}
                onAct={canManage ? control.ask : undefined}
                onQuarantine={
                  canManage
                    ? id => change({ open: { kind: 'quarantine', id } })
                    : undefined
                }
                isReread={control.isReread}
              />
            )}
            <QueuesNote queues={queues} />
            <EffectsNote
              effects={effects ?? []}
              canManage={canManage}
              onDone={answer.reload}
            />
            {(queues.failed ?? 0) > 0 && (
              <Note>{t('source.failed', { n: String(queues.failed) })}</Note>
            )}
            {!canManage && <Note>{t('source.readOnly')}</Note>}
          </Stack>
        )}
      </Loadable>
      {open && data && (
        <Drawer
          title={t('source.quarantineOf', { title: opened?.title ?? open })}
          onClose={close}
        >
          {data.canManage ? (
            <QuarantineItems
              sourceId={open}
              onReplay={() => {
                close();
                control.ask({
                  action: 'replay-quarantine',
                  sourceId: open,
                  title: opened?.title ?? open,
                });
              }}
            />
          ) : (
            <Note>
              {t('source.quarantineHidden', {
                n: String(opened?.quarantined ?? 0),
              })}
            </Note>
          )}
        </Drawer>
      )}
    </Panel>
  );
}
