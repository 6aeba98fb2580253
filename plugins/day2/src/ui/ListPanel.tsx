import type { ComponentProps, ReactNode } from 'react';
import { AsOf } from './AsOf';
import { Row } from './layout';
import { PagedTable } from './PagedTable';
import { Panel } from './Panel';

/** A panel that holds one list of the API: its title, filter, age and table. */
export function ListPanel<T extends { id: string }>(
  props: Omit<ComponentProps<typeof PagedTable<T>>, 'pages'> & {
    pages: ComponentProps<typeof PagedTable<T>>['pages'] & { asOf?: string };
    filter?: ReactNode;
    /** In place of how old it is, where there is more to say of that. */
    standing?: ReactNode;
  },
) {
  const { filter, pages, standing, title } = props;
  return (
    <Panel
      title={title}
      stale={pages.error !== undefined}
      aside={
        <Row align="end">
          {filter}
          {pages.items &&
            (standing ??
              // Where nothing feeds it there is no age: why is said below.
              (pages.empty && pages.asOf === undefined ? undefined : (
                <AsOf at={pages.asOf} />
              )))}
        </Row>
      }
    >
      <PagedTable {...props} />
    </Panel>
  );
}
