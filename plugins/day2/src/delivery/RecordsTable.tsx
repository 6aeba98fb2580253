import { useEffect, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { DeliveryRecordsQuery } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, serviceParams, useHeadedPages } from '../api';
import { incidentPath, useIncidentsPath } from '../incidents/useIncidentsPath';
import { useText } from '../translation';
import { PagedTable, SelectField, Stack, Subsection } from '../ui';
import { useQueryPatch } from '../url';
import { readRole } from './boardState';
import type { FigureRef } from './figureRef';
import { HiddenNote } from './HiddenNote';
import { rolesOf } from './metrics';
import { recordColumns } from './recordColumns';

/** The deployments behind a figure, each with what it is to it, and why. */
export function RecordsTable(props: {
  figure: FigureRef;
  query: Pick<
    DeliveryRecordsQuery,
    'from' | 'to' | 'zone' | 'environment' | 'membership'
  >;
  /** Another value asks anew: the query without its moving instants. */
  of: string;
}) {
  const t = useText();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const { patch, query: address } = useQueryPatch();
  const incidents = useIncidentsPath();
  const { figure } = props;
  const roles = rolesOf[figure.metric];
  const asked = readRole(address);
  const chosen =
    asked === 'all' || (asked && roles.includes(asked)) ? asked : undefined;
  const whole = JSON.stringify([figure, props.of]);
  // Nothing failed: what is there instead is shown, and not an empty table.
  const [noneOf, setNoneOf] = useState<string>();
  const role = chosen ?? (noneOf === whole ? 'all' : roles[0]);
  const pages = useHeadedPages({
    key: JSON.stringify([figure, props.of, role]),
    load: async (cursor, signal) => {
      const answer = await api.call('listDeliveryRecords', {
        query: {
          ...props.query,
          ...figure,
          role: role === 'all' ? undefined : role,
          cursor,
        },
        signal,
      });
      const items = answer.items.map(one => ({ ...one, id: one.deploymentId }));
      return { ...answer, items };
    },
  });
  const isNone =
    !chosen && role !== 'all' && pages.head && pages.items?.length === 0;
  useEffect(() => {
    if (isNone) {
      setNoneOf(whole);
    }
  }, [isNone, whole]);
  return (
    <Subsection title={t('delivery.records')}>
      <SelectField
        label={t('delivery.show')}
        value={role}
        options={[
          ...roles.map(value => ({
            value: value as string,
            label: t(`delivery.roleWord.${figure.metric}.${value}`),
          })),
          { value: 'all', label: t('delivery.everything') },
        ]}
        onChange={value => patch({ role: value }, { replace: true })}
      />
      <Stack gap="small">
        <PagedTable
          // Not said as none while all of it is still asked for.
          pages={isNone ? { ...pages, items: undefined } : pages}
          title={t('delivery.records')}
          none={t('delivery.noRecords')}
          filtered={role !== 'all'}
          columns={recordColumns({
            incidentTo: id => incidentPath(incidents, id),
            t,
            metric: figure.metric,
            oneService: figure.grouping === 'service',
            tab: ref => `${entityRoute(serviceParams(ref))}/day2`,
            onOpen: id => patch({ open: `deployment:${id}` }),
          })}
        />
        <HiddenNote hidden={pages.head?.hidden ?? 0} />
      </Stack>
    </Subsection>
  );
}
