import type { ReactNode } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, serviceParams, usePages } from '../api';
import { resolveRange, type RangeChoice } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  DataTable,
  Loadable,
  Note,
  Panel,
  Row,
  Stack,
  TextButton,
  TimeText,
  WhyEmptyNote,
} from '../ui';
import type { OpenRecord } from '../url';
import { Authors } from './Authors';
import { ChangeChips } from './ChangeChips';

interface ChangesTableProps {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  text: string;
  revision?: string;
  filter: ReactNode;
  onOpen: (open: OpenRecord) => void;
}

/** A service's changes, newest first, each with the deployments that carried it. */
export function ChangesTable(props: ChangesTableProps) {
  const { serviceRef, environment, range, text, onOpen } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const pages = usePages({
    key: JSON.stringify([serviceRef, environment, range, text]),
    revision: props.revision,
    load: (cursor, signal) =>
      api.call('listServiceChanges', {
        params: serviceParams(serviceRef),
        query: {
          environment,
          ...resolveRange({ choice: range, now: Date.now() }),
          text: text || undefined,
          cursor,
        },
        signal,
      }),
    every: refreshEvery,
  });
  return (
    <Panel
      title={t('timeline.changes')}
      aside={
        <Row align="end">
          {props.filter}
          {pages.items && <AsOf at={pages.asOf} />}
        </Row>
      }
    >
      <Loadable
        of={{ ...pages, data: pages.items }}
        what={t('timeline.changes')}
      >
        {items =>
          items.length === 0 ? (
            (pages.empty && !text && <WhyEmptyNote why={pages.empty} />) || (
              <Note>{text ? t('timeline.noneMatch') : t('timeline.none')}</Note>
            )
          ) : (
            <DataTable
              caption={t('timeline.changes')}
              captionHidden
              rows={items}
              rowId={row => row.id}
              hasMore={pages.hasMore}
              loadingMore={pages.loadingMore}
              onMore={pages.loadMore}
              columns={[
                {
                  header: t('change.landed'),
                  cell: row => <TimeText at={row.at} />,
                },
                {
                  header: t('change.change'),
                  wide: true,
                  cell: row => (
                    <Stack gap="small">
                      <TextButton
                        onClick={() => onOpen({ kind: 'change', id: row.id })}
                      >
                        {row.title}
                      </TextButton>
                      <ChangeChips change={row} />
                    </Stack>
                  ),
                },
                {
                  header: t('change.authors'),
                  secondary: true,
                  cell: row => <Authors authors={row.authors} />,
                },
                {
                  header: t('change.carriedBy'),
                  numeric: true,
                  cell: row => row.deploymentIds.length,
                },
              ]}
            />
          )
        }
      </Loadable>
    </Panel>
  );
}
