import type { ReactNode } from 'react';
import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { Panel, StaleScope } from '../ui';
import { ReadingNote } from './ReadingNote';
import { Standing } from './Standing';

/**
 * A panel of what sources tell. Where one of them fails it is grey and says so,
 * since when and why: something may be missing from any part of it.
 */
export function SourcedPanel(props: {
  title: ReactNode;
  /** The answer that it shows, once there is one. */
  of?: { asOf?: string; sources?: SourcesStanding };
  /** Its own answer could not be refreshed. */
  failed: boolean;
  /** It has nothing, and says which sources were read. */
  empty?: boolean;
  children: ReactNode;
}) {
  const { of } = props;
  const stale = (of?.sources?.problems.length ?? 0) > 0;
  return (
    <StaleScope stale={stale}>
      <Panel
        title={props.title}
        stale={props.failed}
        aside={
          of &&
          (!props.empty || stale) && (
            <Standing asOf={of.asOf} sources={of.sources} />
          )
        }
      >
        <ReadingNote sources={of?.sources} />
        {props.children}
      </Panel>
    </StaleScope>
  );
}
