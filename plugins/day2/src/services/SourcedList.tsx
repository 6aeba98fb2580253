import type { ComponentProps, ReactNode } from 'react';
import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { ListPanel, Stack, StaleScope } from '../ui';
import { ReadingNote } from './ReadingNote';
import { Standing } from './Standing';

/**
 * A page that is one list of what sources tell, with its filters. Where one of
 * them fails all of it is grey: something may be missing from any row.
 */
export function SourcedList<T extends { id: string }>(
  props: Omit<ComponentProps<typeof ListPanel<T>>, 'standing'> & {
    sources?: SourcesStanding;
    /** Drawers. */
    children?: ReactNode;
  },
) {
  const { children, sources, ...list } = props;
  return (
    <StaleScope stale={(sources?.problems.length ?? 0) > 0}>
      <Stack>
        <ReadingNote sources={sources} />
        <ListPanel
          {...list}
          standing={<Standing asOf={list.pages.asOf} sources={sources} />}
        />
        {children}
      </Stack>
    </StaleScope>
  );
}
