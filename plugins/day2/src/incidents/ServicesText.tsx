import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { serviceParams } from '../api';
import { useText } from '../translation';
import { Note, TextLink } from '../ui';

/** Which services an incident is of, and of how many more. */
export function ServicesText(props: {
  incident: Pick<IncidentRecord, 'environments' | 'hidden' | 'services'>;
}) {
  const t = useText();
  const entityRoute = useRouteRef(entityRouteRef);
  const { environments, hidden, services } = props.incident;
  return (
    <Note>
      {services.map(({ ref, title }, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <TextLink
            to={`${entityRoute(serviceParams(ref))}/day2?section=incidents`}
          >
            {title}
          </TextLink>
        </span>
      ))}
      {hidden > 0 && ` ${t('incident.hidden', { count: hidden })}`}
      {environments.length > 0 && ` · ${environments.join(', ')}`}
    </Note>
  );
}
