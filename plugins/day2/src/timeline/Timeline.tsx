import type { TimelineKind } from '@day2/backstage-plugin-day2-common';
import { useKept } from '../api';
import { resolveRange, useNow } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  LiveRegion,
  Loadable,
  Note,
  Panel,
  Row,
  SearchField,
  Stack,
  ToggleField,
  WhyEmptyNote,
} from '../ui';
import { usePageState } from '../url';
import { TimelineChart } from './TimelineChart';
import { TimelineLegend } from './TimelineLegend';
import { TimelineList } from './TimelineList';
import { useTimeline } from './useTimeline';

interface TimelineProps {
  serviceRef: string;
  environment?: string;
  revision?: string;
}

/** What changed: lanes over one axis of time, and the same as a list. */
export function Timeline(props: TimelineProps) {
  const t = useText();
  const { state, change } = usePageState();
  const { range, kinds, text } = state;
  const now = useNow(30_000);
  const pages = useTimeline({ ...props, range, kinds, text });
  const shown = resolveRange({ choice: range, now });
  // While another range is on its way, what of it is known stays drawn.
  const kept = useKept({
    key: JSON.stringify([props.serviceRef, props.environment, kinds, text]),
    value: pages.items,
  });
  const waiting = pages.items === undefined && pages.error === undefined;
  const known = waiting
    ? kept?.filter(({ at }) => at >= shown.from && at < shown.to)
    : pages.items;
  const filtered = kinds.length > 0 || text !== '';
  return (
    <Panel
      title={t('timeline.title')}
      stale={pages.error !== undefined}
      aside={pages.items && <AsOf at={pages.asOf} />}
    >
      <Row align="end" spread>
        <Row align="end">
          <ToggleField
            label={t('timeline.types')}
            value={kinds.length === 1 ? kinds[0] : 'all'}
            options={[
              { value: 'all', label: t('timeline.all') },
              { value: 'deployment', label: t('timeline.deployments') },
              { value: 'change', label: t('timeline.changes') },
              { value: 'incident', label: t('timeline.incidents') },
            ]}
            onChange={value =>
              change({
                kinds: value === 'all' ? [] : [value as TimelineKind],
              })
            }
          />
          <SearchField
            label={t('timeline.find')}
            value={text}
            onChange={value => change({ text: value }, { replace: true })}
          />
        </Row>
      </Row>
      <Loadable
        of={{ ...pages, data: known }}
        what={t('timeline.title')}
        lines={8}
      >
        {items => (
          <Stack>
            <TimelineChart
              entries={items}
              kinds={kinds}
              from={Date.parse(shown.from)}
              to={Date.parse(shown.to)}
              complete={!pages.hasMore && !waiting}
              onRange={chosen => change({ range: chosen })}
              onOpen={entry =>
                change({ open: { kind: entry.kind, id: entry.recordId } })
              }
            />
            {items.length > 0 && <TimelineLegend entries={items} />}
            {waiting && (
              <Note>{t('kit.loading', { what: t('timeline.title') })}</Note>
            )}
            {items.length === 0 &&
              !waiting &&
              (pages.empty && !filtered ? (
                <WhyEmptyNote why={pages.empty} />
              ) : (
                <Note>
                  {filtered ? t('timeline.noneMatch') : t('timeline.none')}
                </Note>
              ))}
            {items.length > 0 && <TimelineList pages={pages} items={items} />}
            <LiveRegion>
              {t('timeline.found', { count: items.length })}
            </LiveRegion>
          </Stack>
        )}
      </Loadable>
    </Panel>
  );
}
