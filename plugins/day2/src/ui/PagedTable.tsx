import type { WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { DataTable, type Column } from './DataTable';
import { Loadable } from './Loadable';
import { Note } from './Note';
import { WhyEmptyNote } from './WhyEmptyNote';

interface PagedTableProps<T extends { id: string }> {
  /** The list as it is read, page by page, in the API's own order. */
  pages: {
    items?: T[];
    empty?: WhyEmpty;
    error?: Error;
    failingSince?: number;
    hasMore: boolean;
    loadingMore: boolean;
    loadMore: () => void;
    reload: () => void;
  };
  /** What is listed; on screen already, as the panel's title. */
  title: string;
  /** What is said where nothing is listed and no other reason is known. */
  none: string;
  /** Words or kinds are asked for: then the source of all of it is not why it is empty. */
  filtered?: boolean;
  columns: Column<T>[];
  /** How many entries there are, where some rows are parts of others. */
  count?: number;
}

/** A list of the API: on its way, failed, stale, empty with its why, or there. */
export function PagedTable<T extends { id: string }>(
  props: PagedTableProps<T>,
) {
  const { columns, pages, title } = props;
  return (
    <Loadable of={{ ...pages, data: pages.items }} what={title}>
      {items => {
        if (items.length > 0) {
          return (
            <DataTable
              caption={title}
              captionHidden
              rows={items}
              count={props.count}
              rowId={row => row.id}
              hasMore={pages.hasMore}
              loadingMore={pages.loadingMore}
              onMore={pages.loadMore}
              columns={columns}
            />
          );
        }
        return pages.empty && !props.filtered ? (
          <WhyEmptyNote why={pages.empty} />
        ) : (
          <Note>{props.none}</Note>
        );
      }}
    </Loadable>
  );
}
