import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Person } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';

/** A person by name; a link where the catalog knows them. */
export function PersonText(props: { person: Person }) {
  const t = useText();
  const { name, userRef } = props.person;
  if (userRef !== undefined) {
    // Within a text colour alone would not tell a link.
    return (
      <EntityRefLink entityRef={userRef} underline="always">
        {name}
      </EntityRefLink>
    );
  }
  return <>{name ?? t('kit.unknownPerson')}</>;
}
