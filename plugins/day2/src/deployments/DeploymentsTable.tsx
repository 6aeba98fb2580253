import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, serviceParams, usePages } from '../api';
import { PersonText } from '../persons';
import { resolveRange, type RangeChoice } from '../time';
import { useText } from '../translation';
import {
  Chip,
  ListPanel,
  Row,
  Stack,
  Status,
  VersionButton,
  TimeText,
} from '../ui';
import type { OpenRecord } from '../url';
import { outcomeLook } from './outcomeLook';
import { versionWords } from './versionWords';

/** A service's deployments, newest first. */
export function DeploymentsTable(props: {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  onOpen: (open: OpenRecord) => void;
}) {
  const { serviceRef, environment, range, onOpen } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const pages = usePages({
    key: JSON.stringify([serviceRef, environment, range]),
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
    <ListPanel
      title={t('timeline.deployments')}
      pages={pages}
      none={t('timeline.none')}
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
              <VersionButton
                text={versionWords(row)}
                onClick={() => onOpen({ kind: 'deployment', id: row.id })}
              />
              <Row gap="small">
                {row.rollback && (
                  <Chip tone="attention">{t('timeline.look.rollback')}</Chip>
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
  );
}
