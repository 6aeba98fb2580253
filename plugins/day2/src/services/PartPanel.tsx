import type { ReactNode } from 'react';
import type { PartStanding } from '@day2/backstage-plugin-day2-common';
import { Panel } from '../ui';
import { PartScope } from './PartScope';
import { Standing } from './Standing';

/**
 * A panel of one part of a service. Where a source of that part fails it is grey
 * and says so, since when and why; else the page says how old it all is.
 */
export function PartPanel(props: {
  title: ReactNode;
  of: PartStanding | undefined;
  children: ReactNode;
}) {
  const { of } = props;
  return (
    <PartScope of={of}>
      <Panel
        level={3}
        title={props.title}
        aside={
          of &&
          of.problems.length > 0 && <Standing asOf={of.asOf} sources={of} />
        }
      >
        {props.children}
      </Panel>
    </PartScope>
  );
}
