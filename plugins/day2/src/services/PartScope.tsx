import type { ReactNode } from 'react';
import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { StaleScope } from '../ui';

/** What is within rests on these sources: it is not current where one of them fails. */
export function PartScope(props: {
  of: SourcesStanding | undefined;
  children: ReactNode;
}) {
  return (
    <StaleScope stale={(props.of?.problems.length ?? 0) > 0}>
      {props.children}
    </StaleScope>
  );
}
