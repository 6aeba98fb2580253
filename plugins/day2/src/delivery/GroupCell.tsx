import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';
import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import { serviceParams } from '../api';
import { useText } from '../translation';
import { Button, Hint, Note, Stack, TextLink } from '../ui';
import { HiddenNote } from './HiddenNote';

/** Whose figures a row has, of how many services, and the way into them. */
export function GroupCell(props: {
  row: ScoreboardRow;
  /** Of all rows its membership is assumed in part: that is said once. */
  allAssumed?: boolean;
  expanded: boolean;
  onExpand: () => void;
}) {
  const t = useText();
  const { expanded, onExpand, row } = props;
  return (
    <Stack gap="small">
      <strong>
        <GroupName row={row} />
      </strong>
      {row.grouping !== 'service' && (
        <Note>{t('delivery.services', { count: row.services })}</Note>
      )}
      <HiddenNote hidden={row.hidden} />
      {row.membershipAssumed && !props.allAssumed && (
        <Note>
          <Hint text={t('delivery.assumed')}>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <span tabIndex={0}>{t('delivery.assumedWord')}</span>
          </Hint>
        </Note>
      )}
      {row.grouping !== 'service' && row.services > 0 && (
        <div>
          <Button
            expanded={expanded}
            onClick={onExpand}
            label={t(expanded ? 'delivery.collapse' : 'delivery.expand', {
              title: row.title,
            })}
          >
            {t('delivery.servicesWord')}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function GroupName(props: { row: ScoreboardRow }) {
  const { grouping, ref, title } = props.row;
  const entityRoute = useRouteRef(entityRouteRef);
  if (ref === undefined) {
    return <>{title}</>;
  }
  return grouping === 'service' ? (
    <TextLink to={`${entityRoute(serviceParams(ref))}/day2?section=delivery`}>
      {title}
    </TextLink>
  ) : (
    <EntityRefLink entityRef={ref}>{title}</EntityRefLink>
  );
}
