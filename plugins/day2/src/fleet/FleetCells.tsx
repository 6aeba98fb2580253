import { memo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { Service } from '@day2/backstage-plugin-day2-common';
import { serviceParams } from '../api';
import { useText } from '../translation';
import { AgoText, Chip, Note, Row, Stack, TextLink, VersionText } from '../ui';
import { nameOf } from './nameOf';

// Scrolling draws the table anew at each step: what stays on screen must cost
// nothing. For the same reason owners are plain links, not the catalog's own,
// of which each asks the catalog how it is to be shown.

/** Which service it is, and whose. */
export const ServiceCell = memo(function ServiceOf(props: {
  service: Service;
}) {
  const t = useText();
  const entityRoute = useRouteRef(entityRouteRef);
  const { owner, ref, sandbox, system, title } = props.service;
  const to = (entity: string) => entityRoute(serviceParams(entity));
  return (
    <Stack gap="medium">
      <Row gap="small">
        <TextLink to={`${to(ref)}/day2`}>{title}</TextLink>
        {sandbox && <Chip tone="info">{t('service.sandbox')}</Chip>}
      </Row>
      <Note>
        {owner ? (
          <TextLink to={to(owner)}>{nameOf(owner)}</TextLink>
        ) : (
          t('service.noOwner')
        )}
        {system && (
          <>
            {' · '}
            <TextLink to={to(system)}>{nameOf(system)}</TextLink>
          </>
        )}
      </Note>
    </Stack>
  );
});

/** What runs in production, and since when. */
export const VersionCell = memo(function VersionOf(props: {
  version?: string;
  deployedAt?: string;
}) {
  const t = useText();
  return (
    <Stack gap="small">
      {props.version === undefined ? (
        <span>{t('fleet.noVersion')}</span>
      ) : (
        <VersionText text={props.version} />
      )}
      {props.deployedAt && (
        <Note>
          <AgoText at={props.deployedAt} />
        </Note>
      )}
    </Stack>
  );
});
