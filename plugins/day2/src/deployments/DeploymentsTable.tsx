import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, serviceParams, usePages } from '../api';
import { PersonText } from '../persons';
import { resolveRange, type RangeChoice } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  Chip,
  DataTable,
  Loadable,
  Note,
  Panel,
  Row,
  Stack,
  Status,
  TextButton,
  TimeText,
  WhyEmptyNote,
} from '../ui';
import type { OpenRecord } from '../url';
import { outcomeLook } from './outcomeLook';
import { versionWords } from './versionWords';

/** A service's deployments, newest first. */
export function DeploymentsTable(props: {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  revision?: string;
  onOpen: (open: OpenRecord) => void;
}) {
  const { serviceRef, environment, range, onOpen } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const pages = usePages({
    key: JSON.stringify([serviceRef, environment, range]),
    revision: props.revision,
    load: (cursor, signal) =>
      api.call('listServiceDeployments', {
        params: serviceParams(serviceRef),
        query: {
          environment,
          ...resolveRange({ choice: range, now: Date.now() }),
          cursor,
        },
        signal,
      }),
    every: refreshEvery,
  });
  return (
    <Panel
      title={t('timeline.deployments')}
      aside={pages.items && <AsOf at={pages.asOf} />}
    >
      <Loadable
        of={{ ...pages, data: pages.items }}
        what={t('timeline.deployments')}
      >
        {items =>
          items.length === 0 ? (
            (pages.empty && <WhyEmptyNote why={pages.empty} />) || (
              <Note>{t('timeline.none')}</Note>
            )
          ) : (
            <DataTable
              caption={t('timeline.deployments')}
              captionHidden
              rows={items}
              rowId={row => row.id}
              hasMore={pages.hasMore}
              loadingMore={pages.loadingMore}
              onMore={pages.loadMore}
              columns={[
                {
                  header: t('change.finished'),
                  cell: row => <TimeText at={row.finishedAt} />,
                },
                {
                  header: t('service.version'),
                  wide: true,
                  cell: row => (
                    <Stack gap="small">
                      <TextButton
                        onClick={() =>
                          onOpen({ kind: 'deployment', id: row.id })
                        }
                      >
                        {versionWords(row)}
                      </TextButton>
                      <Row gap="small">
                        {row.rollback && (
                          <Chip tone="attention">
                            {t('timeline.look.rollback')}
                          </Chip>
                        )}
                        {row.unplanned && !row.rollback && (
                          <Chip tone="attention">{t('change.unplanned')}</Chip>
                        )}
                      </Row>
                    </Stack>
                  ),
                },
                {
                  header: t('change.outcomeHeader'),
                  cell: row => (
                    <Status
                      {...outcomeLook[row.outcome]}
                      word={t(`change.outcome.${row.outcome}`)}
                    />
                  ),
                },
                {
                  header: t('change.carried'),
                  numeric: true,
                  cell: row =>
                    row.carried.complete
                      ? row.carried.count
                      : t('change.atLeast', { n: String(row.carried.count) }),
                },
                {
                  header: t('service.environment'),
                  secondary: true,
                  cell: row => row.environment,
                },
                {
                  header: t('change.targets'),
                  secondary: true,
                  cell: row => row.targets.map(({ name }) => name).join(', '),
                },
                {
                  header: t('timeline.who'),
                  secondary: true,
                  cell: row => row.actor && <PersonText person={row.actor} />,
                },
              ]}
            />
          )
        }
      </Loadable>
    </Panel>
  );
}
