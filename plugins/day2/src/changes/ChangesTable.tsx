import type { ReactNode } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, serviceParams, usePages } from '../api';
import { resolveRange, type RangeChoice } from '../time';
import { useText } from '../translation';
import { ListPanel, Stack, TextButton, TimeText } from '../ui';
import type { OpenRecord } from '../url';
import { Authors } from './Authors';
import { ChangeChips } from './ChangeChips';

interface ChangesTableProps {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  text: string;
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
    <ListPanel
      title={t('timeline.changes')}
      pages={pages}
      none={text ? t('timeline.noneMatch') : t('timeline.none')}
      filtered={text !== ''}
      filter={props.filter}
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
  );
}
